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
        var pictures = await ShelveAsync(scope, missing, ct);
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
                Picture = q.Picture is { } picture
                    ? new QuestionPicture(pictures[picture.File], picture.Description)
                    : null,
            })
        );
        if (missing.Count > 0)
        {
            scope.Audit("QuestionBank", "starter", null, new { added = missing.Count, pictures = pictures.Count });
        }
        return missing.Count;
    }

    // A picture that an editor put on the shelf before is the same one.
    private static async Task<Dictionary<string, string>> ShelveAsync(
        CommandScope scope,
        IReadOnlyList<StarterContent.StarterQuestion> questions,
        CancellationToken ct
    )
    {
        var names = new Dictionary<string, string>();
        foreach (var name in questions.Select(q => q.Picture?.File).OfType<string>().Distinct())
        {
            var cleaned = QuestionPictureFile.Clean(StarterContent.Picture(name));
            if (cleaned is not Outcome<QuestionPictureFile>.Done { Value: var file })
            {
                throw new InvalidOperationException($"The starter picture {name} is none.");
            }
            names[name] =
                await QuestionShelf.NameAsync(scope.Db, file, ct)
                ?? (await QuestionShelf.AddAsync(scope, file, ct)).Name;
        }
        return names;
    }
}
