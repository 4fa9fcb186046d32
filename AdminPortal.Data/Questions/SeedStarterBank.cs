using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>Puts the starter questions that the bank does not know yet into it, published. Changes nothing that is there.</summary>
public sealed record SeedStarterBank : ICommand<int>
{
    public Permission Permission => Permission.ImportData;

    public async Task<Outcome<int>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var known = await scope.Db.QuestionVersions.Select(q => q.QuestionId).Distinct().ToListAsync(ct);
        var missing = StarterContent.Questions.ExceptBy(known, q => q.Id).ToList();
        scope.Db.QuestionVersions.AddRange(
            missing.Select(q => new QuestionVersion
            {
                Id = Guid.CreateVersion7(scope.Now),
                QuestionId = q.Id,
                Number = 1,
                State = QuestionState.Published,
                Type = q.Type,
                Category = q.Category,
                Article = q.Article,
                Text = q.Text,
                Options = q.Options,
                Key = [.. q.Key.Order()],
                Explanation = q.Explanation,
                Difficulty = q.Difficulty,
            })
        );
        if (missing.Count > 0)
        {
            scope.Audit("QuestionBank", "starter", null, new { added = missing.Count });
        }
        return missing.Count;
    }
}
