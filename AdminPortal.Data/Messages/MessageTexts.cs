using System.Globalization;
using System.Resources;
using AdminPortal.Domain.Texts;

namespace AdminPortal.Data.Messages;

/// <summary>The one catalogue of message texts: MessageTexts.resx (Chinese) and MessageTexts.en.resx.</summary>
public static class MessageTexts
{
    private static readonly ResourceManager Resources = new(
        "AdminPortal.Data.Messages.MessageTexts",
        typeof(MessageTexts).Assembly
    );

    /// <summary>The wording that comes with the product.</summary>
    public static TextContent Shipped(MessageTemplate template) =>
        new(Format(template, CultureInfo.GetCultureInfo("zh-CN")), Format(template, CultureInfo.GetCultureInfo("en")));

    /// <summary>The text of a message with its facts in place.</summary>
    /// <param name="wording">The wording it was sent with; null for the one that comes with the product.</param>
    /// <exception cref="MissingManifestResourceException">The template has no text.</exception>
    public static string Text(MessageTemplate template, object[] facts, bool english, string? wording = null)
    {
        var culture = english ? CultureInfo.GetCultureInfo("en") : CultureInfo.GetCultureInfo("zh-CN");
        var shown = facts.Select(fact => Fact(fact, english)).ToArray();
        return string.Format(culture, wording ?? Format(template, culture), shown);
    }

    private static string Format(MessageTemplate template, CultureInfo culture) =>
        Word(template.ToString(), culture) ?? throw new MissingManifestResourceException($"{template} has no text.");

    /// <summary>A value as it stands in a text.</summary>
    internal static object Fact(object fact, bool english) =>
        Word($"Fact_{fact}", CultureInfo.GetCultureInfo(english ? "en" : "zh-CN"))
        // A person's own sentence may end with a full stop; the text around it has one already.
        ?? (fact is string words ? words.TrimEnd('。', '.') : fact);

    // Some facts are words of the product (a kind of window, a reason) and have a text of their own.
    private static string? Word(string key, CultureInfo culture) => Resources.GetString(key, culture);
}
