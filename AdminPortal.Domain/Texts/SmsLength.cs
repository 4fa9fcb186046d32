namespace AdminPortal.Domain.Texts;

/// <summary>How long a message is as an SMS, and as how many it is sent and paid for (3GPP 23.038, 23.040).</summary>
/// <param name="Characters">As the network counts: a few signs take two places in the short alphabet.</param>
/// <param name="Segments">How many messages it is cut into.</param>
public sealed record SmsLength(int Characters, int Segments)
{
    private const string Short =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string TakesTwo = "^{}\\[~]|€";

    public static SmsLength Of(string text)
    {
        var isShort = text.All(c => Short.Contains(c) || TakesTwo.Contains(c));
        var characters = isShort ? text.Length + text.Count(c => TakesTwo.Contains(c)) : text.Length;
        var (alone, cut) = isShort ? (160, 153) : (70, 67);
        return new SmsLength(characters, characters <= alone ? 1 : (characters + cut - 1) / cut);
    }
}
