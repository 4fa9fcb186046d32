using AdminPortal.Data.Commands;
using AdminPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Staff.Audit;

/// <summary>The acts that can stand in the trail: the names of the commands, read from the commands.</summary>
public static class AuditActs
{
    /// <summary>A refused attempt stands under its own word (CommandRunner).</summary>
    public const string Denied = "Denied";

    /// <summary>An act in words, with its name; the name alone for one that has no words here.</summary>
    public static string Text(IStringLocalizer<StaffTexts> texts, string act) =>
        texts[$"Act_{act}"] is { ResourceNotFound: false } text ? $"{text.Value} {act}" : act;

    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(CommandRunner)
            .Assembly.GetTypes()
            .Where(type =>
                !type.IsAbstract
                && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>))
            )
            .Select(type => type.Name)
            .Append(Denied)
            .Order(StringComparer.Ordinal),
    ];
}
