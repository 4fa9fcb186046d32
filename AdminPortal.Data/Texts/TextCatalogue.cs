using AdminPortal.Data.Applications;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Messages;
using AdminPortal.Domain.Texts;

namespace AdminPortal.Data.Texts;

/// <summary>Which texts there are, and what comes with the product: the first versions of everything.</summary>
public static class TextCatalogue
{
    /// <summary>The notices first, then the messages in the order a driver meets them.</summary>
    public static IReadOnlyList<(TextKind Kind, string Name)> All { get; } =
    [
        (TextKind.ServiceNotice, $"{TextKind.ServiceNotice}"),
        (TextKind.FaceNotice, $"{TextKind.FaceNotice}"),
        .. Enum.GetNames<MessageTemplate>().Select(name => (TextKind.Message, name)),
    ];

    /// <summary>Null when there is no such text.</summary>
    public static TextKind? KindOf(string? name) =>
        All.Where(t => t.Name == name).Select(t => (TextKind?)t.Kind).FirstOrDefault();

    /// <summary>The versions of a notice that came with the product, the oldest first; none for a message.</summary>
    public static IReadOnlyList<Notice> ShippedNotices(TextKind kind) =>
        kind switch
        {
            TextKind.ServiceNotice => ServiceNotice.Shipped,
            TextKind.FaceNotice => FaceNotice.Shipped,
            TextKind.Message => [],
        };

    /// <summary>The newest wording that came with the product.</summary>
    public static TextContent Shipped(TextKind kind, string name) =>
        kind == TextKind.Message
            ? MessageTexts.Shipped(Enum.Parse<MessageTemplate>(name))
            : ShippedNotices(kind)[^1].Content;

    /// <summary>How many versions came with the product.</summary>
    public static int ShippedCount(TextKind kind) => kind == TextKind.Message ? 1 : ShippedNotices(kind).Count;

    /// <summary>How many values a message has; none for a notice.</summary>
    public static int Places(TextKind kind, string name) =>
        kind == TextKind.Message ? MessageFactTable.Of(Enum.Parse<MessageTemplate>(name)).Count : 0;
}
