using AdminPortal.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace AdminPortal.Data.Questions;

/// <summary>Another question with almost the same wording.</summary>
/// <param name="Percent">How alike, 0 to 100.</param>
public sealed record LikeQuestion(string QuestionId, int Number, QuestionState State, BilingualText Text, int Percent);

/// <summary>The wordings of the bank, to find doubles. Compared one by one: a bank has hundreds of questions, not millions.</summary>
internal sealed class AlikeQuestions
{
    private readonly List<(LikeQuestion Question, Likeness Wording, string? Picture)> _all;

    private AlikeQuestions(List<(LikeQuestion, Likeness, string?)> all) => _all = all;

    public static async Task<AlikeQuestions> ReadAsync(PortalDb db, CancellationToken ct)
    {
        var all = await db
            .QuestionVersions.AsNoTracking()
            .Where(q => q.State != QuestionState.Retired)
            .Select(q => new
            {
                q.QuestionId,
                q.Number,
                q.State,
                q.Text,
                q.PictureName,
            })
            .ToListAsync(ct);
        return new AlikeQuestions([
            .. all.Select(q =>
                (new LikeQuestion(q.QuestionId, q.Number, q.State, q.Text, 0), new Likeness(q.Text.Zh), q.PictureName)
            ),
        ]);
    }

    /// <summary>Those that say almost the same as a text, the most alike first.</summary>
    /// <param name="picture">The picture it asks about: the same words about another one are no double.</param>
    /// <param name="questionId">The question the text belongs to; its own versions are no doubles.</param>
    public IReadOnlyList<LikeQuestion> To(string text, string? picture, string? questionId, int most)
    {
        var wording = new Likeness(text);
        return
        [
            .. _all.Where(other => other.Question.QuestionId != questionId)
                .Where(other => picture is null || other.Picture is null || other.Picture == picture)
                .Select(other => (other.Question, Share: wording.To(other.Wording)))
                .Where(other => other.Share >= Likeness.Alike)
                .OrderByDescending(other => other.Share)
                .ThenBy(other => other.Question.QuestionId, StringComparer.Ordinal)
                .Take(most)
                .Select(other => other.Question with { Percent = (int)(other.Share * 100) }),
        ];
    }
}
