using AdminPortal.Data.Texts;

namespace AdminPortal.Data.Applications;

/// <summary>The service notice (业务须知) that an applicant reads and accepts (S0-05), as it comes with the product.</summary>
public static class ServiceNotice
{
    private static readonly string[] FirstZh =
    [
        "学法减分由驾驶人本人自愿参加。在规定期限内累计学习满30分钟并通过考试的，从现有累积记分中扣减1分，一个记分周期内最多扣减6分。",
        "学习和考试期间，系统会在开始、过程中（随机时间）和结束时请您正对摄像头拍照，与公安机关保存的您的照片比对，以确认是您本人在学习、考试。比对服务故障不计为您的失败。",
        "人脸照片加密保存，只用于确认本人和处理您的复核请求；查看每一张照片都会留下记录。您可以不拍照：请到窗口参加现场学习。",
        "考试通过但人脸比对未通过的，成绩暂不生效。您可以在24小时内申请复核，民警在3个工作日内完成复核并告知结果。每次考试只能申请一次。",
        "由他人代替学习、考试或者弄虚作假的，扣减的记分将被撤销并恢复，处1000元以下罚款，并列入黑名单。代替他人的，处2000元以下罚款；组织者处2万元以下罚款。",
        "学习、考试均有期限，超过期限的本次申请自动作废，页面会始终显示下一步和截止时间。",
    ];

    private static readonly string[] FirstEn =
    [
        "Taking part is voluntary and personal. Thirty minutes of study within the time allowed and a passed exam take 1 point off your present points, at most 6 points in one cycle.",
        "At the start, at random moments and at the end you are asked to face the camera. The photo is compared with the one the police hold, to make sure that it is you who studies and sits the exam. A fault of the comparison service never counts as your failure.",
        "Face photos are stored encrypted and are used only to confirm that it is you and to handle your review request; every look at a photo is recorded. You may decline photos: then take the on-site course at a service window.",
        "When you pass but a face check fails, the result does not count for the time being. You may ask for a review within 24 hours; an officer decides within 3 working days and you are told. One review per exam.",
        "Having someone else study or sit the exam, or any fraud: the reduction is revoked and the points restored, a fine of up to 1,000 yuan, and the blacklist. Whoever stands in: up to 2,000 yuan; whoever organises it: up to 20,000 yuan.",
        "Study and exam have time limits. After them the round is void. The page always shows what is next and by when.",
    ];

    /// <summary>
    /// Every version that shipped, the oldest first: a new wording is a new version, and who accepted an old one can still read
    /// it. Administrators publish further ones (<see cref="PublishText"/>).
    /// </summary>
    public static IReadOnlyList<Notice> Shipped { get; } =
    [
        new("2026-1", FirstZh, FirstEn),
        // Names what is kept of a device (D-LEAD-DEVICE).
        new(
            "2026-2",
            [
                .. FirstZh[..3],
                "登录期间，系统用您的网络地址和浏览器名称算出一个设备摘要，摘要不能还原，只随本次登录保存，最长4小时，用于发现同一台设备上有多人学习、考试等异常。摘要本身不作为处理您的依据。",
                .. FirstZh[3..],
            ],
            [
                .. FirstEn[..3],
                "While you are signed in, a digest of your device is kept, made from your network address and the name of your browser. It cannot be turned back, is kept with this sign-in only, at most four hours, and serves to notice such things as several people studying on one device. By itself it is no ground for anything against you.",
                .. FirstEn[3..],
            ]
        ),
    ];

    /// <summary>The newest that shipped.</summary>
    public static Notice Newest => Shipped[^1];
}
