using System.Globalization;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>An editor writes a draft: a new question, or a new version of one.</summary>
/// <param name="VersionId">Made by the form, so that the same form sent twice is one draft.</param>
/// <param name="QuestionId">The question that gets a new version, or null for a new one.</param>
public sealed record WriteDraft(Guid VersionId, string? QuestionId, QuestionContent Content) : ICommand<string>
{
    public Permission Permission => Permission.EditQuestions;

    public async Task<Outcome<string>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var known = await scope
            .Db.QuestionVersions.AsNoTracking()
            .Where(q => q.Id == VersionId)
            .Select(q => new { q.QuestionId, q.DraftedById })
            .SingleOrDefaultAsync(ct);
        if (known is not null)
        {
            return known.DraftedById == scope.Actor.Id ? known.QuestionId : new Refusal(RefusalCode.NotFound);
        }
        var written = await new DraftWriter(scope).AddAsync(VersionId, QuestionId, Content, ct);
        if (written is not Outcome<QuestionVersion>.Done { Value: var version })
        {
            return ((Outcome<QuestionVersion>.Refused)written).Refusal;
        }
        QuestionBank.Audit(scope, version);
        return version.QuestionId;
    }
}

/// <summary>The drafter changes a draft.</summary>
/// <param name="Revision">The one that was shown.</param>
public sealed record EditDraft(Guid VersionId, int Revision, QuestionContent Content) : ICommand<Unit>
{
    public Permission Permission => Permission.EditQuestions;

    public async Task<Outcome<Unit>> RunAsync(CommandScope scope, CancellationToken ct)
    {
        var version = await scope.Db.QuestionVersions.SingleOrDefaultAsync(q => q.Id == VersionId, ct);
        if (version is not null && version.DraftedById == scope.Actor.Id && version.Content.Says(Content.Tidy()))
        {
            // Nothing to change: the second click, or a form that was only looked at.
            return version.State == QuestionState.Draft ? new Unit() : new Refusal(RefusalCode.WrongState);
        }
        var seen = await QuestionBank.SeenAsync(scope, VersionId, Revision, ct);
        if (seen is not Outcome<QuestionVersion>.Done { Value: var draft })
        {
            return ((Outcome<QuestionVersion>.Refused)seen).Refusal;
        }
        if (await QuestionShelf.CheckAsync(scope.Db, Content, ct) is { } unknown)
        {
            return unknown;
        }
        var edited = draft.Edit(Content, scope.Actor, scope.Now);
        if (edited is Outcome<Unit>.Done)
        {
            QuestionBank.Audit(scope, draft);
        }
        return edited;
    }
}

/// <summary>Adds drafts to what an act will save.</summary>
internal sealed class DraftWriter(CommandScope scope)
{
    private readonly Dictionary<string, int> _highest = [];

    /// <summary>Adds one draft.</summary>
    /// <param name="questionId">Null for a new question; its number follows from its category.</param>
    public async Task<Outcome<QuestionVersion>> AddAsync(
        Guid versionId,
        string? questionId,
        QuestionContent content,
        CancellationToken ct
    )
    {
        // Before anything is made of it: the category becomes part of an id, and of a search for the ids there are.
        if (content.Tidy().Defects() is [{ } defect, ..])
        {
            return defect;
        }
        if (await QuestionShelf.CheckAsync(scope.Db, content, ct) is { } unknown)
        {
            return unknown;
        }
        List<QuestionVersion> versions = [];
        if (questionId is not null)
        {
            versions = await scope
                .Db.QuestionVersions.AsNoTracking()
                .Where(q => q.QuestionId == questionId)
                .OrderBy(q => q.Number)
                .ToListAsync(ct);
            if (versions.Count == 0)
            {
                return new Refusal(RefusalCode.NotFound, "id");
            }
            if (versions.Any(q => q.State is QuestionState.Draft or QuestionState.InReview))
            {
                return new Refusal(RefusalCode.QuestionDraftOpen, "id");
            }
        }
        var written = QuestionVersion.Write(
            versionId,
            questionId ?? await NextIdAsync(content.Category.Trim(), ct),
            versions.Count == 0 ? 1 : versions[^1].Number + 1,
            content,
            versions.SingleOrDefault(q => q.State == QuestionState.Published)?.Content,
            scope.Actor,
            scope.Now
        );
        if (written is Outcome<QuestionVersion>.Done { Value: var version })
        {
            scope.Db.QuestionVersions.Add(version);
        }
        return written;
    }

    // The next free number of the category. Two new questions at once meet the unique index, and one of them is counted anew.
    private async Task<string> NextIdAsync(string category, CancellationToken ct)
    {
        var stem = $"{category}-";
        if (!_highest.TryGetValue(category, out var highest))
        {
            var ids = await scope
                .Db.QuestionVersions.Where(q => EF.Functions.Like(q.QuestionId, stem + "%"))
                .Select(q => q.QuestionId)
                .Distinct()
                .ToListAsync(ct);
            highest = ids.Select(id =>
                    int.TryParse(id.AsSpan(stem.Length), CultureInfo.InvariantCulture, out var number) ? number : 0
                )
                .DefaultIfEmpty()
                .Max();
        }
        _highest[category] = highest + 1;
        return $"{stem}{highest + 1:000}";
    }
}
