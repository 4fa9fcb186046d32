using AdminPortal.Data.Commands;
using AdminPortal.Data.Sections;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Sections;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Demo;

/// <summary>A study section that waits for its review, so that an editor of the demonstration finds something to do.</summary>
internal static class DemoSection
{
    /// <summary>Always the same, so that a second start changes nothing.</summary>
    private static readonly Guid Version = new("5ec71017-0000-4000-8000-000000000001");

    private static readonly SectionContent Content = new(
        50,
        new BilingualText("雨天怎样安全驾驶", "Driving safely in the rain"),
        new BilingualText(
            """
            雨水使路面变滑，刹车距离随之变长。下雨的头几分钟最滑：灰尘和油污与雨水混在一起，还没有被冲走。

            上路之前和途中，请记住这几件事：

            - 打开近光灯，让别人看得见自己。
            - 降低车速，与前车保持平时两倍的距离。
            - 转动方向盘和踩刹车都要轻、要早。
            - 积水看不清深浅时，停下来，不要冒险通过。

            能见度很低时，应当驶离道路，在安全的地方等雨势减小。
            """,
            """
            Rain makes the road slippery, and a car takes longer to stop. The first minutes are the worst: dust and oil mix with the water and have not been washed away yet.

            Remember these things before and on the way:

            - Switch on the dipped headlights, so that others see you.
            - Slow down and keep twice the usual distance.
            - Steer and brake gently and early.
            - Where you cannot tell how deep the water is, stop and do not try.

            When you can hardly see, leave the road and wait in a safe place until the rain gets lighter.
            """
        ),
        ["道路交通安全法 第四十二条"],
        3,
        null
    );

    public static async Task PlayAsync(PortalDb db, CommandRunner runner, CancellationToken ct)
    {
        if (await db.SectionVersions.AnyAsync(s => s.Id == Version, ct))
        {
            return;
        }
        // Written by the second editor: the first one, who signs in first, is the one to review it.
        var badge = DemoLoader.Officers.Last(o => o.Role == Role.QuestionEditor).Badge;
        var writer = new ActorRef(
            ActorKind.Staff,
            await db.Users.Where(u => u.UserName == badge).Select(u => u.Id).SingleAsync(ct)
        );
        if (
            await runner.RunAsync(new WriteSection(Version, "rain", IsNew: true, Content), writer, ct)
            is Outcome<string>.Done
        )
        {
            await runner.RunAsync(new SubmitSection(Version, 1), writer, ct);
        }
    }
}
