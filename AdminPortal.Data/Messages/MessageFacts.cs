using System.Globalization;
using System.Text.Json;
using AdminPortal.Data.Privacy;
using AdminPortal.Domain.Time;

namespace AdminPortal.Data.Messages;

/// <summary>The values in a message's text. Sealed at rest: a sign-in code or an officer's words stand in them.</summary>
public static class MessageFacts
{
    private const string Purpose = "message.facts";

    /// <summary>Instants and dates are kept as such, so that each language writes them its own way.</summary>
    public static byte[] Seal(FieldCipher cipher, IReadOnlyList<object> facts) =>
        cipher.Encrypt(Purpose, JsonSerializer.Serialize(facts.Select(Neutral)));

    /// <summary>The values as the text of one language shows them.</summary>
    public static object[] Open(FieldCipher cipher, byte[] sealedFacts, bool english) =>
        [
            .. JsonSerializer
                .Deserialize<string[]>(cipher.Decrypt(Purpose, sealedFacts))!
                .Select(fact => Shown(fact, english)),
        ];

    /// <summary>A value that was not stored, as the text of one language shows it.</summary>
    internal static object Shown(object fact, bool english) => Shown(Neutral(fact), english);

    private static string Neutral(object fact) =>
        fact switch
        {
            DateTimeOffset instant => $"@{instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}",
            DateOnly day => $"#{day.ToString("O", CultureInfo.InvariantCulture)}",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => " " + fact,
        };

    private static string Shown(string fact, bool english) =>
        fact switch
        {
            ['@', .. var instant] => TimeText.LastMoment(
                DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                english
            ),
            ['#', .. var day] => TimeText.Day(DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture), english),
            [' ', .. var text] => text,
            _ => fact,
        };
}
