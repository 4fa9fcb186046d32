using AdminPortal.Data.Texts;

namespace AdminPortal.Data.Consents;

/// <summary>
/// The notice on face data, as it comes with the product: who processes what, why, how, for how long, what follows from a
/// refusal, which rights there are. Apart from the service notice, because consent to sensitive data is asked for separately
/// (PIPL 29); so nothing else is named in it.
/// </summary>
public static class FaceNotice
{
    /// <summary>Every version that shipped, the oldest first. Administrators publish further ones.</summary>
    public static IReadOnlyList<Notice> Shipped { get; } =
    [
        new(
            "2026-1",
            [
                "处理者：您的驾驶证核发地公安机关交通管理部门。处理的信息：学习和考试中拍摄的人脸照片，以及与公安机关保存的您的照片比对的结果。",
                "目的和必要性：确认是您本人在学习、考试，处理您的复核请求。网上办理看不到您本人，所以需要比对；不用于其他目的。",
                "方式和期限：照片加密保存，每次查看都留下记录；本次学法减分结束满30日后删除，复核没有办结的，保存到办结。",
                "同意是自愿的。不同意或者撤回同意的，不能在网上学习、考试，但可以到公安交管窗口由民警核验身份，参加现场学习或者公益活动，不影响您办理其他业务。",
                "您可以随时在“我的数据”中查看照片、复制数据、撤回同意。撤回以前已经完成的比对仍然有效。",
            ],
            [
                "Who: the traffic police of your licence's issuing authority. What: the face photos taken during study and exam, and the results of comparing them with the photo the police hold of you.",
                "Why: to make sure that it is you who studies and sits the exam, and to handle your review request. Online nobody can see you, so a comparison is needed. For nothing else.",
                "How and how long: photos are stored encrypted and every look is recorded. They are deleted 30 days after the end of the round; when a review is not decided by then, once it is.",
                "Consent is voluntary. Without it, or after withdrawing it, you cannot study and sit the exam online. An officer can check your identity at a service window instead, and you take the on-site course or public service. Nothing else you may need from the police is affected.",
                "Under My data you can look at the photos, copy your data and withdraw this consent at any time. Comparisons made before that stay valid.",
            ]
        ),
    ];

    /// <summary>The newest that shipped.</summary>
    public static Notice Newest => Shipped[^1];
}
