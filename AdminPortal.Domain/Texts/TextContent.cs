namespace AdminPortal.Domain.Texts;

/// <summary>What a version says.</summary>
/// <param name="Zh">Chinese: what counts. A notice has one paragraph per line.</param>
/// <param name="En">The same in English; a notice may do without.</param>
public sealed record TextContent(string? Zh, string? En)
{
    /// <summary>The most paragraphs of a notice.</summary>
    public const int MostParagraphs = 20;

    /// <summary>The longest notice in one language, in characters.</summary>
    public const int NoticeLimit = 6000;

    /// <summary>The longest message, in characters: seven SMS. What is longer nobody reads on a phone.</summary>
    public const int MessageLimit = 450;

    /// <summary>The longest text of a kind.</summary>
    public static int LimitOf(TextKind kind) => kind == TextKind.Message ? MessageLimit : NoticeLimit;

    /// <summary>Without empty lines and blanks around lines; a message has one line.</summary>
    public TextContent Tidy(TextKind kind) => new(Tidy(Zh, kind), Tidy(En, kind));

    /// <summary>What is wrong with a tidied text, or null.</summary>
    /// <param name="places">How many values a message has.</param>
    public Refusal? Fault(TextKind kind, int places)
    {
        var (zh, en) = (Zh ?? "", En ?? "");
        if (zh.Length == 0)
        {
            return new Refusal(RefusalCode.FieldRequired, "zh");
        }
        if (zh.Length > LimitOf(kind) || en.Length > LimitOf(kind))
        {
            return new Refusal(RefusalCode.FieldTooLong, zh.Length > LimitOf(kind) ? "zh" : "en", LimitOf(kind));
        }
        return kind == TextKind.Message ? MessageFault(zh, en, places) : NoticeFault(zh, en);
    }

    /// <summary>The paragraphs of a notice.</summary>
    public static IReadOnlyList<string> Paragraphs(string? text) =>
        (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Refusal? MessageFault(string zh, string en, int places)
    {
        if (en.Length == 0)
        {
            return new Refusal(RefusalCode.FieldRequired, "en");
        }
        var wrong =
            !TextPlaces.AreWhole(zh, places) ? "zh"
            : !TextPlaces.AreWhole(en, places) ? "en"
            : null;
        return wrong is null
            ? null
            : new Refusal(
                places == 0 ? RefusalCode.TextNoPlaces : RefusalCode.TextPlaces,
                wrong,
                TextPlaces.Named(places)
            );
    }

    private static Refusal? NoticeFault(string zh, string en)
    {
        var (ours, theirs) = (Paragraphs(zh).Count, Paragraphs(en).Count);
        if (ours > MostParagraphs)
        {
            return new Refusal(RefusalCode.TextTooManyParagraphs, "zh", MostParagraphs);
        }
        return theirs == 0 || theirs == ours ? null : new Refusal(RefusalCode.TextParagraphs, "en", ours, theirs);
    }

    private static string Tidy(string? text, TextKind kind) =>
        string.Join(kind == TextKind.Message ? ' ' : '\n', Paragraphs(text?.ReplaceLineEndings("\n")));
}
