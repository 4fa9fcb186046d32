using AdminPortal.Domain.Schemes;

namespace AdminPortal.Domain.Questions;

/// <summary>How many questions of each type are in use, and how many the papers of the schemes need: the draw never runs out.</summary>
public sealed class QuestionPools(IReadOnlyDictionary<QuestionType, int> inUse, IEnumerable<PaperMix> papers)
{
    private readonly IReadOnlyList<PaperMix> _papers = [.. papers];

    public int InUse(QuestionType type) => inUse.GetValueOrDefault(type);

    /// <summary>The most that one paper of any scheme takes. A round keeps the scheme it began under, so every known one counts.</summary>
    public int Needed(QuestionType type) => _papers.Max(paper => Count(paper, type));

    /// <summary>Why one question of a type cannot be spared, or null.</summary>
    public Refusal? Without(QuestionType type) =>
        InUse(type) - 1 < Needed(type)
            ? new Refusal(RefusalCode.QuestionsTooFew, null, type, Needed(type), InUse(type))
            : null;

    private static int Count(PaperMix paper, QuestionType type) =>
        type switch
        {
            QuestionType.TrueFalse => paper.TrueFalse,
            QuestionType.Single => paper.Single,
            QuestionType.Multiple => paper.Multiple,
        };
}
