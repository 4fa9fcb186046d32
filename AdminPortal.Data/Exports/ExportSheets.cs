using System.Runtime.CompilerServices;
using AdminPortal.Data.Attendances;
using AdminPortal.Data.Audit;
using AdminPortal.Data.Blacklists;
using AdminPortal.Data.Casework;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Attendances;
using AdminPortal.Domain.Blacklists;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Schemes;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Exports;

/// <summary>The lists that can be exported: each is the very query of its page, with the columns of its page and the persons.</summary>
internal static class ExportSheets
{
    public static ExportSheet Of(ExportQuestion question) =>
        question switch
        {
            CasesAsked { Query: var query } => new CaseSheet(query),
            BlacklistAsked { State: var state } => new BlacklistSheet(state),
            AttendancesAsked { State: var state } => new AttendanceSheet(state),
            FiguresAsked asked => new FigureSheet(asked),
            AuditAsked { Search: var search } => new AuditSheet(search),
            _ => throw new ArgumentOutOfRangeException(nameof(question), question, "Unknown list."),
        };

    private sealed record CaseRow(Case Case, SheetPerson Person);

    private sealed class CaseSheet(QueueQuery query) : ExportSheet<CaseRow>
    {
        public override Permission Permission => Permission.ViewReviews;

        protected override IReadOnlyList<SheetColumn<CaseRow>> Cells { get; } =
        [
            Text("Col_Number", 12, (r, _) => r.Case.Number),
            Text("Col_Kind", 16, (r, x) => x.Words.Of(r.Case.Kind)),
            Text("Col_Authority", 10, (r, _) => r.Case.Authority),
            .. Persons(r => r.Person),
            Instant("Col_Opened", r => r.Case.OpenedAt),
            Instant("Col_Due", r => r.Case.DueAt),
            Text("Export_DueRule", 12, (r, _) => r.Case.DueRule),
            Text("Col_State", 12, (r, x) => x.Words.Of(r.Case.Kind, r.Case.State)),
            Text("Col_Holder", 12, (r, _) => r.Case.HolderName),
            Instant("Col_DecidedAt", r => r.Case.DecidedAt),
            Text("Export_InTime", 10, InTime),
        ];

        public override bool HasPersons => true;

        public override async Task<IReadOnlyList<Guid>> DriversAsync(
            PortalDb db,
            Actor actor,
            DateTimeOffset now,
            int most,
            CancellationToken ct
        ) =>
            await (await QueuePages.ListAsync(db, actor, query, now, ct))
                .Select(c => c.DriverId)
                .Take(most)
                .ToListAsync(ct);

        public override async Task<int> CountAsync(
            PortalDb db,
            Actor actor,
            SchemeCatalogue schemes,
            DateTimeOffset now,
            CancellationToken ct
        ) => await (await QueuePages.ListAsync(db, actor, query, now, ct)).CountAsync(ct);

        protected override async IAsyncEnumerable<CaseRow> Rows(
            SheetReading reading,
            [EnumeratorCancellation] CancellationToken ct
        )
        {
            var cases = await QueuePages.ListAsync(reading.Db, reading.Actor, query, reading.Now, ct);
            var rows = cases
                .Join(
                    reading.Db.Drivers,
                    c => c.DriverId,
                    d => d.Id,
                    (c, d) => new CaseRow(c, new SheetPerson(d.Id, d.Name, d.IdNumber))
                )
                .AsAsyncEnumerable();
            await foreach (var row in rows.WithCancellation(ct))
            {
                yield return row;
            }
        }

        // An open case is late once its time is over; before that nothing can be said.
        private static string? InTime(CaseRow row, SheetReading reading) =>
            row.Case.DueAt is not { } due ? null
            : row.Case.DecidedAt is { } decided ? reading.Words.Text(decided < due ? "Export_Yes" : "Export_No")
            : due <= reading.Now ? reading.Words.Text("Export_No")
            : null;
    }

    private sealed record BlacklistRow(BlacklistEntry Entry, SheetPerson Person);

    private sealed class BlacklistSheet(BlacklistState? state) : ExportSheet<BlacklistRow>
    {
        public override Permission Permission => Permission.ProposeBlacklisting;

        protected override IReadOnlyList<SheetColumn<BlacklistRow>> Cells { get; } =
        [
            Text("Col_Number", 12, (r, _) => CaseNumber.Of(r.Entry.Id)),
            Text("Col_State", 12, (r, x) => x.Words.Of(r.Entry.State)),
            Text("Blacklist_Ground", 18, (r, x) => x.Words.Of(r.Entry.Ground)),
            Text("Col_Authority", 10, (r, _) => r.Entry.Authority),
            .. Persons(r => r.Person),
            Text("Blacklist_Proposed", 12, (r, _) => r.Entry.ProposedByName),
            Instant("Export_ProposedAt", r => r.Entry.ProposedAt),
            Text("Blacklist_Checked", 12, (r, _) => r.Entry.CheckedByName),
            Instant("Export_CheckedAt", r => r.Entry.CheckedAt),
            Day("Export_OutOfScheme", r => r.Entry.OutOfSchemeUntil),
            Day("Export_OffOnline", r => r.Entry.OffOnlineUntil),
        ];

        public override bool HasPersons => true;

        public override async Task<IReadOnlyList<Guid>> DriversAsync(
            PortalDb db,
            Actor actor,
            DateTimeOffset now,
            int most,
            CancellationToken ct
        ) => await BlacklistPages.List(db, actor, state).Select(e => e.DriverId).Take(most).ToListAsync(ct);

        public override async Task<int> CountAsync(
            PortalDb db,
            Actor actor,
            SchemeCatalogue schemes,
            DateTimeOffset now,
            CancellationToken ct
        ) => await BlacklistPages.List(db, actor, state).CountAsync(ct);

        protected override async IAsyncEnumerable<BlacklistRow> Rows(
            SheetReading reading,
            [EnumeratorCancellation] CancellationToken ct
        )
        {
            var rows = BlacklistPages
                .List(reading.Db, reading.Actor, state)
                .Join(
                    reading.Db.Drivers,
                    e => e.DriverId,
                    d => d.Id,
                    (e, d) => new BlacklistRow(e, new SheetPerson(d.Id, d.Name, d.IdNumber))
                )
                .AsAsyncEnumerable();
            await foreach (var row in rows.WithCancellation(ct))
            {
                yield return row;
            }
        }
    }

    private sealed record AttendanceRow(Attendance Attendance, SheetPerson Person);

    private sealed class AttendanceSheet(AttendanceState? state) : ExportSheet<AttendanceRow>
    {
        public override Permission Permission => Permission.RecordAttendances;

        protected override IReadOnlyList<SheetColumn<AttendanceRow>> Cells { get; } =
        [
            Text("Col_Number", 12, (r, _) => CaseNumber.Of(r.Attendance.Id)),
            Text("Col_State", 12, (r, x) => x.Words.Of(r.Attendance.State)),
            Text("Attendance_Kind", 14, (r, x) => x.Words.Of(r.Attendance.Kind)),
            Text("Col_Authority", 10, (r, _) => r.Attendance.Authority),
            .. Persons(r => r.Person),
            Day("Attendance_HeldOn", r => r.Attendance.HeldOn),
            Number("Attendance_Minutes", r => r.Attendance.Minutes),
            Number("Export_Points", r => r.Attendance.Points),
            Text("Attendance_Recorded", 12, (r, _) => r.Attendance.RecordedByName),
            Instant("Export_RecordedAt", r => r.Attendance.RecordedAt),
            Text("Attendance_Checked", 12, (r, _) => r.Attendance.CheckedByName),
            Instant("Export_CheckedAt", r => r.Attendance.CheckedAt),
        ];

        public override bool HasPersons => true;

        public override async Task<IReadOnlyList<Guid>> DriversAsync(
            PortalDb db,
            Actor actor,
            DateTimeOffset now,
            int most,
            CancellationToken ct
        ) => await AttendancePages.List(db, actor, state).Select(a => a.DriverId).Take(most).ToListAsync(ct);

        public override async Task<int> CountAsync(
            PortalDb db,
            Actor actor,
            SchemeCatalogue schemes,
            DateTimeOffset now,
            CancellationToken ct
        ) => await AttendancePages.List(db, actor, state).CountAsync(ct);

        protected override async IAsyncEnumerable<AttendanceRow> Rows(
            SheetReading reading,
            [EnumeratorCancellation] CancellationToken ct
        )
        {
            var rows = AttendancePages
                .List(reading.Db, reading.Actor, state)
                .Join(
                    reading.Db.Drivers,
                    a => a.DriverId,
                    d => d.Id,
                    (a, d) => new AttendanceRow(a, new SheetPerson(d.Id, d.Name, d.IdNumber))
                )
                .AsAsyncEnumerable();
            await foreach (var row in rows.WithCancellation(ct))
            {
                yield return row;
            }
        }
    }

    private sealed class FigureSheet(FiguresAsked asked) : ExportSheet<FigureListLine>
    {
        public override Permission Permission => Permission.ViewStatistics;

        // An instance's own: what a part is called depends on the figure.
        protected override IReadOnlyList<SheetColumn<FigureListLine>> Cells =>
            [
                Text("Stat_Subject", 38, (r, _) => $"{r.Subject}"),
                Instant("Stat_At", r => r.At),
                Text("Authority", 10, (r, _) => r.Authority),
                Text("Stat_Scheme", 10, (r, _) => r.Scheme),
                Text("Stat_Part", 18, (r, x) => x.Words.PartOf(asked.Figure, r.Part)),
                Number("Stat_Amount", r => r.Amount),
            ];

        public override bool HasPersons => false;

        public override Task<IReadOnlyList<Guid>> DriversAsync(
            PortalDb db,
            Actor actor,
            DateTimeOffset now,
            int most,
            CancellationToken ct
        ) => Task.FromResult<IReadOnlyList<Guid>>([]);

        public override async Task<int> CountAsync(
            PortalDb db,
            Actor actor,
            SchemeCatalogue schemes,
            DateTimeOffset now,
            CancellationToken ct
        ) =>
            (
                await new StatisticsReader(db, schemes, actor).ListAsync(
                    asked.Question,
                    asked.Figure,
                    asked.Part,
                    1,
                    ct
                )
            ).Length;

        protected override IAsyncEnumerable<FigureListLine> Rows(SheetReading reading, CancellationToken ct) =>
            new StatisticsReader(reading.Db, reading.Schemes, reading.Actor).AllAsync(
                asked.Question,
                asked.Figure,
                asked.Part,
                ct
            );
    }

    private sealed class AuditSheet(AuditSearch search) : ExportSheet<AuditLine>
    {
        public override Permission Permission => Permission.ViewAudit;

        protected override IReadOnlyList<SheetColumn<AuditLine>> Cells { get; } =
        [
            Number("Audit_Number", r => r.Number),
            Instant("Audit_At", r => r.At),
            Text("Export_ActorKind", 12, (r, x) => x.Words.Of(r.ActorKind)),
            Text("Audit_Who", 14, (r, _) => r.ActorName),
            Text("Audit_Act", 30, (r, x) => x.Words.ActOf(r.Act)),
            Text("Export_SubjectKind", 14, (r, _) => r.SubjectKind),
            Text("Audit_Subject", 38, (r, _) => r.SubjectId),
            Text("Audit_Driver", 38, (r, _) => r.DriverId?.ToString()),
            Text("Audit_Details", 50, (r, _) => r.Details == "{}" ? null : r.Details),
        ];

        public override bool HasPersons => false;

        public override Task<IReadOnlyList<Guid>> DriversAsync(
            PortalDb db,
            Actor actor,
            DateTimeOffset now,
            int most,
            CancellationToken ct
        ) => Task.FromResult<IReadOnlyList<Guid>>([]);

        public override async Task<int> CountAsync(
            PortalDb db,
            Actor actor,
            SchemeCatalogue schemes,
            DateTimeOffset now,
            CancellationToken ct
        ) => await SearchAudit.Entries(db, search).CountAsync(ct);

        protected override async IAsyncEnumerable<AuditLine> Rows(
            SheetReading reading,
            [EnumeratorCancellation] CancellationToken ct
        )
        {
            var rows = SearchAudit.Entries(reading.Db, search).AsAsyncEnumerable();
            await foreach (var row in rows.WithCancellation(ct))
            {
                yield return SearchAudit.LineOf(row);
            }
        }
    }
}
