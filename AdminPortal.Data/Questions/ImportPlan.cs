using AdminPortal.Domain;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>A row of a file that could be read.</summary>
/// <param name="Row">Its number on the sheet.</param>
/// <param name="QuestionId">The question that gets a new version, or null for a new question.</param>
public sealed record ImportedQuestion(int Row, string? QuestionId, QuestionContent Content)
{
    /// <summary>The file has no column of pictures: the question keeps the one it has in use, or had last.</summary>
    public bool KeepsPicture { get; init; }
}

/// <summary>A cell that cannot be taken over.</summary>
/// <param name="Column">The heading of its column.</param>
public sealed record ImportFault(string Sheet, int Row, string Column, Refusal Reason);

/// <summary>A workbook as it was read, before the bank was asked.</summary>
public sealed record QuestionImport(
    string Sheet,
    IReadOnlyList<ImportedQuestion> Rows,
    IReadOnlyList<ImportFault> Faults
);

/// <summary>A row that says almost the same as another question.</summary>
public sealed record AlikeRow(int Row, LikeQuestion Question);

/// <summary>What taking a file over would do: all of it, or nothing when a cell is wrong.</summary>
/// <param name="Drafts">The rows that become drafts.</param>
/// <param name="Unchanged">Rows that say what is in use already.</param>
public sealed record ImportPlan(
    IReadOnlyList<ImportedQuestion> Drafts,
    int Unchanged,
    IReadOnlyList<ImportFault> Faults
)
{
    /// <summary>Rows that say almost the same as another question of the bank: a hint, never a refusal.</summary>
    public IReadOnlyList<AlikeRow> Alike { get; init; } = [];

    public int NewQuestions => Drafts.Count(row => row.QuestionId is null);
    public int NewVersions => Drafts.Count - NewQuestions;

    internal static async Task<ImportPlan> MakeAsync(PortalDb db, QuestionImport import, CancellationToken ct)
    {
        var ids = import.Rows.Select(row => row.QuestionId).OfType<string>().Distinct().ToList();
        var all = await db.QuestionVersions.AsNoTracking().Where(q => ids.Contains(q.QuestionId)).ToListAsync(ct);
        var known = all.ToLookup(q => q.QuestionId);
        var faults = import.Faults.ToList();
        var drafts = new List<ImportedQuestion>();
        var unchanged = 0;
        var shelf = await ShelfAsync(db, import, ct);
        foreach (var read in import.Rows)
        {
            var row = read.KeepsPicture ? Kept(read, known[read.QuestionId ?? ""]) : read;
            var versions = known[row.QuestionId ?? ""].Where(q => q.State != QuestionState.Retired).ToList();
            if (row.QuestionId is not null && !known.Contains(row.QuestionId))
            {
                faults.Add(Fault(import, row, RefusalCode.NotFound));
            }
            else if (versions.Any(q => q.State == QuestionState.Published && q.Content.Tidy().Says(row.Content.Tidy())))
            {
                unchanged++;
            }
            else if (versions.Any(q => q.State is QuestionState.Draft or QuestionState.InReview))
            {
                faults.Add(Fault(import, row, RefusalCode.QuestionDraftOpen));
            }
            else if (row.Content.Tidy().Picture is { } picture && !row.KeepsPicture && !shelf.Contains(picture.Name))
            {
                var column = QuestionColumns.Heading(QuestionPicture.NameField);
                var reason = new Refusal(RefusalCode.PictureUnknown, QuestionPicture.NameField);
                faults.Add(new ImportFault(import.Sheet, row.Row, column, reason));
            }
            else
            {
                drafts.Add(row);
            }
        }
        return new ImportPlan(drafts, unchanged, [.. faults.OrderBy(fault => fault.Row)]);
    }

    private static ImportedQuestion Kept(ImportedQuestion row, IEnumerable<QuestionVersion> versions)
    {
        var last = versions.OrderBy(q => q.State == QuestionState.Published).ThenBy(q => q.Number).LastOrDefault();
        return row with { Content = row.Content with { Picture = last?.Picture } };
    }

    // Which of the pictures the file names are there.
    private static async Task<HashSet<string>> ShelfAsync(PortalDb db, QuestionImport import, CancellationToken ct)
    {
        var names = import.Rows.Select(row => row.Content.Tidy().Picture?.Name).OfType<string>().Distinct().ToList();
        return await db.QuestionPictures.Where(p => names.Contains(p.Name)).Select(p => p.Name).ToHashSetAsync(ct);
    }

    private static ImportFault Fault(QuestionImport import, ImportedQuestion row, RefusalCode code) =>
        new(import.Sheet, row.Row, QuestionColumns.Heading("id"), new Refusal(code, "id"));
}
