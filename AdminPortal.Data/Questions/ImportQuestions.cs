using System.Buffers.Binary;
using System.Security.Cryptography;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>What an import left behind.</summary>
public sealed record ImportResult(int NewQuestions, int NewVersions);

/// <summary>Takes the rows of a checked file over as drafts: all of them, or none when one cannot be taken over any more.</summary>
/// <param name="ImportId">Made when the file was read, so that the same file confirmed twice is taken over once.</param>
public sealed record ImportQuestions(Guid ImportId, QuestionImport Import) : ICommand<ImportResult>
{
    public Permission Permission => Permission.EditQuestions;

    public async Task<Outcome<ImportResult>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var ids = Import.Rows.Select(row => IdOf(row.Row)).ToList();
        var done = await scope.Db.QuestionVersions.Where(q => ids.Contains(q.Id)).Select(q => q.Number).ToListAsync(ct);
        if (done.Count > 0)
        {
            return new ImportResult(done.Count(number => number == 1), done.Count(number => number > 1));
        }
        var plan = await ImportPlan.MakeAsync(scope.Db, Import, ct);
        if (plan.Faults.Count > 0)
        {
            return new Refusal(RefusalCode.QuestionImportFaulty, null, plan.Faults.Count);
        }
        var writer = new DraftWriter(scope);
        foreach (var row in plan.Drafts)
        {
            var written = await writer.AddAsync(IdOf(row.Row), row.QuestionId, row.Content, ct);
            if (written is Outcome<QuestionVersion>.Refused refused)
            {
                return refused.Refusal;
            }
        }
        if (plan.Drafts.Count > 0)
        {
            scope.Audit("QuestionBank", ImportId, null, new { plan.NewQuestions, plan.NewVersions });
        }
        return new ImportResult(plan.NewQuestions, plan.NewVersions);
    }

    // Follows from import and row: a second run meets the first one's versions.
    private Guid IdOf(int row)
    {
        Span<byte> seed = stackalloc byte[20];
        ImportId.TryWriteBytes(seed);
        BinaryPrimitives.WriteInt32BigEndian(seed[16..], row);
        return new Guid(SHA256.HashData(seed).AsSpan(0, 16));
    }
}

/// <summary>The questions of a filter as a workbook. With the answers of the exam in it, so who took it is recorded.</summary>
/// <param name="Only">The versions to choose from; null is all.</param>
public sealed record ExportQuestions(QuestionFilter Filter, IReadOnlyList<Guid>? Only = null) : ICommand<byte[]>
{
    public Permission Permission => Permission.EditQuestions;

    public async Task<Outcome<byte[]>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var versions = await QuestionPages
            .InOrder(QuestionPages.Matching(scope.Db, Filter, Only))
            .Take(QuestionWorkbook.MostRows + 1)
            .ToListAsync(ct);
        if (versions.Count > QuestionWorkbook.MostRows)
        {
            return new Refusal(RefusalCode.WorkbookTooManyRows, null, QuestionWorkbook.MostRows);
        }
        scope.Audit(
            "QuestionBank",
            "export",
            null,
            new
            {
                questions = versions.Count,
                Filter.Search,
                Filter.State,
                Filter.Type,
                Filter.Category,
                picture = Filter.Picture is null ? null : Filter.Picture.Name ?? "any",
                odd = Filter.Odd is null ? null : Filter.Odd.Flag?.ToString() ?? "any",
            }
        );
        return QuestionWorkbook.Write(versions);
    }
}
