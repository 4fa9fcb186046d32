using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Exports;
using static AdminPortal.Tests.Domain.Frozen;

namespace AdminPortal.Tests.Domain.Exports;

/// <summary>Lists leave with a reason, masked; in full only few rows and with two persons (N-33, D-EXPORT).</summary>
public sealed class ListExportTests
{
    private static readonly DateTimeOffset Now = At("2026-03-10 10:00");
    private static readonly Actor Chief = Staff(1, Role.Supervisor);
    private static readonly Actor Second = Staff(2, Role.Supervisor);
    private static readonly Actor Auditor = Staff(3, Role.Auditor);
    private static readonly Actor Reviewer = Staff(4, Role.Reviewer);

    [Fact]
    [Trait("Rule", "D-EXPORT")]
    public void A_masked_list_waits_for_the_job_and_one_in_full_for_a_second_person()
    {
        Assert.Equal(ExportState.Waiting, Requested().State);
        var full = Requested(ExportedPersons.Full);
        Assert.Equal(ExportState.AwaitsApproval, full.State);
        Assert.Equal(RefusalCode.SecondPersonNeeded, full.Check(Chief)!.Code);
        Assert.Equal(RefusalCode.SecondPersonNeeded, full.Check(Second with { PersonKey = Chief.PersonKey })!.Code);
        Assert.Equal(RefusalCode.NotPermitted, full.Check(Reviewer)!.Code);
        Assert.IsType<Outcome<Unit>.Done>(full.Approve(Second, Now));
        Assert.Equal((ExportState.Waiting, Second.Id), (full.State, full.CheckedById));
        // A second answer comes too late.
        Assert.Equal(RefusalCode.WrongState, Code(full.Decline("不需要", Second, Now)));
    }

    [Fact]
    [Trait("Rule", "D-EXPORT")]
    public void One_row_too_many_is_refused_with_both_numbers()
    {
        Assert.Equal(RefusalCode.ExportTooLong, Code(Request(rows: ListExport.MostRows + 1)));
        Assert.IsType<Outcome<ListExport>.Done>(Request(rows: ListExport.MostRows));
        var full = (Outcome<ListExport>.Refused)Request(ExportedPersons.Full, ListExport.MostFullRows + 1);
        Assert.Equal(RefusalCode.ExportTooLong, full.Refusal.Code);
        Assert.Equal([ListExport.MostFullRows + 1, ListExport.MostFullRows], full.Refusal.Facts);
        Assert.IsType<Outcome<ListExport>.Done>(Request(ExportedPersons.Full, ListExport.MostFullRows));
    }

    [Theory]
    [InlineData(null, RefusalCode.ReasonRequired)]
    [InlineData("  ", RefusalCode.ReasonRequired)]
    [InlineData("201", RefusalCode.FieldTooLong)]
    [Trait("Rule", "N-33")]
    public void Without_a_reason_nothing_leaves(string? reason, RefusalCode expected) =>
        Assert.Equal(expected, Code(Request(reason: reason == "201" ? new string('理', 201) : reason)));

    [Fact]
    [Trait("Rule", "N-33")]
    public void Who_may_not_see_a_list_or_its_persons_cannot_take_them_out()
    {
        Assert.Equal(RefusalCode.NotPermitted, Code(Request(actor: Reviewer)));
        // The auditor exports, but not what only officers see; and nobody's name in full.
        Assert.Equal(RefusalCode.NotPermitted, Code(Request(actor: Auditor)));
        Assert.Equal(
            RefusalCode.NotPermitted,
            Code(Request(ExportedPersons.Full, actor: Auditor, permission: Permission.ViewAudit))
        );
        Assert.IsType<Outcome<ListExport>.Done>(Request(actor: Auditor, permission: Permission.ViewAudit));
        // No name in full in a list without names.
        Assert.Equal(RefusalCode.NotPermitted, Code(Request(ExportedPersons.Full, hasPersons: false)));
    }

    [Fact]
    [Trait("Rule", "D-EXPORT")]
    public void A_lost_process_leaves_it_to_the_next_one_three_times()
    {
        var export = Requested();
        var now = Now;
        for (var attempt = 1; attempt <= ListExport.MostAttempts; attempt++)
        {
            Assert.True(export.Take(now));
            Assert.Equal((ExportState.Running, attempt), (export.State, export.Attempt));
            Assert.Throws<InvalidOperationException>(() => export.Take(now + ListExport.Lease - TimeSpan.FromTicks(1)));
            now += ListExport.Lease;
        }
        Assert.False(export.Take(now));
        Assert.Equal((ExportState.Failed, RefusalCode.ExportLost), (export.State, export.Fault));
    }

    [Fact]
    [Trait("Rule", "D-EXPORT")]
    public void Its_owner_alone_downloads_it_for_a_day()
    {
        var export = Requested();
        Assert.Equal(RefusalCode.ExportGone, export.CheckDownload(Chief, Now)!.Code);
        export.Take(Now);
        export.Finish(3, 1_000, 1, new string('0', 64), "{}", Now);
        Assert.Null(export.CheckDownload(Chief, Now));
        Assert.Equal(RefusalCode.NotFound, export.CheckDownload(Second, Now)!.Code);
        var last = Now + ListExport.Keep;
        Assert.Null(export.CheckDownload(Chief, last - TimeSpan.FromTicks(1)));
        Assert.Equal(RefusalCode.ExportGone, export.CheckDownload(Chief, last)!.Code);
        Assert.Throws<InvalidOperationException>(() => export.Expire(last - TimeSpan.FromTicks(1)));
        export.Expire(last);
        Assert.Equal(ExportState.Expired, export.State);
    }

    [Fact]
    [Trait("Rule", "D-EXPORT")]
    public void Its_owner_gives_it_up_at_any_time_before_it_is_over()
    {
        Assert.Equal(RefusalCode.NotFound, Code(Requested().Cancel(Second, Now)));
        var waiting = Requested();
        Assert.IsType<Outcome<Unit>.Done>(waiting.Cancel(Chief, Now));
        Assert.Equal(RefusalCode.WrongState, Code(waiting.Cancel(Chief, Now)));
        var running = Requested();
        running.Take(Now);
        Assert.IsType<Outcome<Unit>.Done>(running.Cancel(Chief, Now));
        Assert.Throws<InvalidOperationException>(() => running.Finish(1, 1, 1, "", "{}", Now));
        var done = Requested();
        done.Take(Now);
        done.Finish(1, 1, 1, "", "{}", Now);
        Assert.IsType<Outcome<Unit>.Done>(done.Cancel(Chief, Now));
        Assert.Equal(RefusalCode.ExportGone, done.CheckDownload(Chief, Now)!.Code);
    }

    private static ListExport Requested(ExportedPersons persons = ExportedPersons.Masked) =>
        ((Outcome<ListExport>.Done)Request(persons)).Value;

    private static Outcome<ListExport> Request(
        ExportedPersons persons = ExportedPersons.Masked,
        int rows = 10,
        string? reason = "年度核对",
        Actor? actor = null,
        Permission permission = Permission.ViewReviews,
        bool hasPersons = true
    ) =>
        ListExport.Request(
            Guid.NewGuid(),
            ExportedList.Cases,
            "{}",
            "zh-CN",
            reason,
            persons,
            permission,
            hasPersons,
            rows,
            actor ?? Chief,
            Now
        );

    private static RefusalCode? Code<T>(Outcome<T> outcome) => (outcome as Outcome<T>.Refused)?.Refusal.Code;

    private static Actor Staff(int number, Role role) =>
        new(
            ActorKind.Staff,
            new Guid(number, 0, 0, new byte[8]),
            $"{100_000 + number}",
            [role],
            ["渝A"],
            [(byte)number]
        );
}
