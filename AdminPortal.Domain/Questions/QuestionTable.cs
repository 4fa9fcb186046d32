using AdminPortal.Domain.Access;

namespace AdminPortal.Domain.Questions;

/// <summary>What can happen to a version of a question.</summary>
public enum QuestionAct
{
    /// <summary>An editor writes a new question, or a new version of one.</summary>
    Write,

    /// <summary>The drafter changes the draft.</summary>
    Edit,
    Submit,

    /// <summary>The drafter takes it back out of review.</summary>
    Withdraw,

    /// <summary>Another editor publishes; the version published so far is retired by the same act.</summary>
    Publish,

    /// <summary>Another editor returns it to its drafter, with a reason.</summary>
    Return,

    /// <summary>Taken out of use; past papers keep it.</summary>
    Retire,

    /// <summary>A draft that is not wanted.</summary>
    Discard,
}

/// <summary>Whose act it is, besides the permission.</summary>
public enum QuestionParty
{
    AnyEditor,

    /// <summary>Only the editor who wrote the draft.</summary>
    Drafter,

    /// <summary>Another person than the drafter.</summary>
    SecondPerson,
}

/// <summary>One allowed move of a version.</summary>
public sealed record QuestionTransition(
    QuestionState? From,
    QuestionAct Act,
    QuestionState To,
    Permission Permission,
    QuestionParty Party
);

/// <summary>Every allowed move of a version; what is not listed cannot happen. Content changes in <see cref="QuestionState.Draft"/> only.</summary>
public static class QuestionTable
{
    public static readonly IReadOnlyList<QuestionTransition> All =
    [
        new(null, QuestionAct.Write, QuestionState.Draft, Permission.EditQuestions, QuestionParty.AnyEditor),
        new(
            QuestionState.Draft,
            QuestionAct.Edit,
            QuestionState.Draft,
            Permission.EditQuestions,
            QuestionParty.Drafter
        ),
        new(
            QuestionState.Draft,
            QuestionAct.Submit,
            QuestionState.InReview,
            Permission.EditQuestions,
            QuestionParty.Drafter
        ),
        new(
            QuestionState.Draft,
            QuestionAct.Discard,
            QuestionState.Retired,
            Permission.EditQuestions,
            QuestionParty.AnyEditor
        ),
        new(
            QuestionState.InReview,
            QuestionAct.Withdraw,
            QuestionState.Draft,
            Permission.EditQuestions,
            QuestionParty.Drafter
        ),
        new(
            QuestionState.InReview,
            QuestionAct.Publish,
            QuestionState.Published,
            Permission.ReviewQuestions,
            QuestionParty.SecondPerson
        ),
        new(
            QuestionState.InReview,
            QuestionAct.Return,
            QuestionState.Draft,
            Permission.ReviewQuestions,
            QuestionParty.SecondPerson
        ),
        new(
            QuestionState.Published,
            QuestionAct.Retire,
            QuestionState.Retired,
            Permission.EditQuestions,
            QuestionParty.AnyEditor
        ),
    ];

    public static QuestionTransition? Find(QuestionState? from, QuestionAct act) =>
        All.FirstOrDefault(transition => transition.From == from && transition.Act == act);
}
