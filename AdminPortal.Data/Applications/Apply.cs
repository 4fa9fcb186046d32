using AdminPortal.Data.Commands;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.Messages;
using AdminPortal.Data.Texts;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Texts;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Applications;

/// <summary>The decision on an application.</summary>
/// <param name="ApplicationId">To show the grounds again.</param>
/// <param name="IsApproved">True when a round was opened.</param>
public sealed record ApplicationDecision(Guid ApplicationId, bool IsApproved);

/// <summary>
/// A driver applies: notice accepted, consent to face data given apart from it (D-FACE-CONSENT), mobile number confirmed (S0-05,
/// S1-07). All grounds are judged at once; an approval
/// opens the round (S1-22, S1-23), a refusal is recorded with every ground. Both are told by message.
/// </summary>
/// <param name="FormKey">One per form shown; a repeated click finds the first decision.</param>
/// <param name="FaceNoticeVersion">The face notice that was shown; null when consent to the one in force was given before.</param>
/// <param name="FaceConsent">The box of its own beside that notice.</param>
public sealed record Apply(
    Guid FormKey,
    string? NoticeVersion,
    bool NoticeAccepted,
    string? FaceNoticeVersion,
    bool FaceConsent,
    string? Mobile
) : ICommand<ApplicationDecision>
{
    public Permission Permission => Permission.ActAsDriver;

    public async Task<Outcome<ApplicationDecision>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var (db, driverId) = (scope.Db, scope.Actor.Id);
        var earlier = await db
            .Applications.Where(a => a.FormKey == FormKey && a.DriverId == driverId)
            .Select(a => new ApplicationDecision(a.Id, a.IsApproved))
            .SingleOrDefaultAsync(ct);
        if (earlier is not null)
        {
            return earlier;
        }
        if (!NoticeAccepted)
        {
            return new Refusal(RefusalCode.NoticeNotAccepted, "notice");
        }
        var notice = await TextReads.NoticeAsync(db, TextKind.ServiceNotice, ct);
        if (NoticeVersion != notice.Version)
        {
            return new Refusal(RefusalCode.NoticeOutdated, "notice");
        }
        var consent = await FaceConsents.LastAsync(db, driverId, ct);
        var faceNotice = await TextReads.NoticeAsync(db, TextKind.FaceNotice, ct);
        if (!FaceConsents.IsCurrent(consent, faceNotice) && RefuseConsent(faceNotice) is { } refused)
        {
            return refused;
        }
        if (Domain.Drivers.Mobile.Normalise(Mobile) is not { } mobile)
        {
            return new Refusal(RefusalCode.MobileInvalid, "mobile");
        }
        await DriverQueue.EnterAsync(db, driverId, ct);
        if (await DriverRecords.LoadAsync(db, scope.Schemes, driverId, scope.Today, ct) is not { } file)
        {
            return new Refusal(RefusalCode.NotFound);
        }
        if (file.Scheme is not { } scheme)
        {
            return new Refusal(RefusalCode.SchemeUnknown, null, file.Record.Authority);
        }
        var report = Eligibility.Evaluate(scheme, file.Record, scope.Today);
        var round = report.IsEligible
            ? Round.Open(
                Guid.CreateVersion7(scope.Now),
                driverId,
                file.Record.Authority,
                scheme,
                file.Cycle,
                await scope.CalendarAsync(ct),
                scope.Now,
                CommandScope.Below
            )
            : null;
        var driver = await db.Drivers.SingleAsync(d => d.Id == driverId, ct);
        driver.Mobile = scope.Cipher.SealMobile(mobile);
        var application = new ApplicationRow
        {
            Id = Guid.CreateVersion7(scope.Now),
            FormKey = FormKey,
            DriverId = driverId,
            SchemeId = scheme.Id,
            SchemeFrom = scheme.EffectiveFrom,
            AppliedAt = scope.Now,
            NoticeVersion = notice.Version,
            NoticeHash = notice.Hash,
            Mobile = driver.Mobile,
            IsApproved = round is not null,
            Findings = report.Findings,
            RoundId = round?.Id,
        };
        db.Applications.Add(application);
        if (round is null)
        {
            scope.Tell(driverId, scheme, MessageTemplate.ApplicationRefused, report.Failed.Count());
        }
        else
        {
            db.Rounds.Add(round);
            if (!FaceConsents.IsCurrent(consent, faceNotice))
            {
                // Only with a round: without one there is nothing to consent to.
                FaceConsents.Give(scope, driverId, consent, faceNotice);
            }
            TellApproved(scope, file, round);
        }
        scope.Audit(
            "Application",
            application.Id,
            driverId,
            new
            {
                application.IsApproved,
                scheme = scheme.Id,
                round = round?.Id,
                failed = report.Failed.Select(f => f.Ground),
                file.Record.AsOf,
                faceNotice = round is null ? null : faceNotice.Version,
            }
        );
        return new ApplicationDecision(application.Id, application.IsApproved);
    }

    private Refusal? RefuseConsent(Notice inForce)
    {
        if (!FaceConsent)
        {
            return new Refusal(RefusalCode.FaceConsentNotGiven, "faceConsent");
        }
        return FaceNoticeVersion == inForce.Version ? null : new Refusal(RefusalCode.NoticeOutdated, "faceConsent");
    }

    private static void TellApproved(CommandScope scope, DriverFile file, Round round)
    {
        var scheme = file.Scheme!;
        var window = round.Running!;
        scope.Tell(
            round.DriverId,
            scheme,
            MessageTemplate.ApplicationApproved,
            window.ExpiresAt is { } end ? end : window.ProvisionalDay!.Value
        );
        if (scheme.ResetReminderDays is { } reminder && file.Cycle.DaysLeft(scope.Today) < reminder.Value)
        {
            scope.Tell(round.DriverId, scheme, MessageTemplate.ResetReminder, file.Cycle.ResetOn);
        }
    }
}
