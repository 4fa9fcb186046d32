using System.Security.Cryptography;
using System.Text;
using AdminPortal.Domain.Texts;

namespace AdminPortal.Data.Texts;

/// <summary>A version of a notice that drivers read and accept.</summary>
/// <param name="Version">Year and number.</param>
/// <param name="Zh">Paragraphs in Chinese; these are what is accepted.</param>
/// <param name="En">The same paragraphs in English; empty when there is no translation.</param>
public sealed record Notice(string Version, IReadOnlyList<string> Zh, IReadOnlyList<string> En)
{
    /// <summary>SHA-256 over version and Chinese wording.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Version + "\n" + string.Join('\n', Zh)));

    /// <summary>In the reader's language, where it is there.</summary>
    public IReadOnlyList<string> Paragraphs(bool english) => IsIn(english) ? En : Zh;

    /// <summary>False when it is shown in Chinese to a reader of English.</summary>
    public bool IsIn(bool english) => english && En.Count > 0;

    internal TextContent Content => new(string.Join('\n', Zh), string.Join('\n', En));

    internal static Notice Of(TextVersion version) =>
        new(version.Label!, TextContent.Paragraphs(version.Zh), TextContent.Paragraphs(version.En));
}
