using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace AdminPortal.Tests.Support;

/// <summary>Microsoft's own parser for T-SQL: what stands in for a SQL Server on a machine that cannot have one.</summary>
public static partial class TSql
{
    /// <summary>What is wrong with a script, one line per error with its place; empty when it parses.</summary>
    /// <param name="script">May have batches, parted by GO.</param>
    public static IReadOnlyList<string> Errors(string script)
    {
        var parser = new TSql150Parser(initialQuotedIdentifiers: true);
        var found = new List<string>();
        foreach (var (batch, number) in Batches(script).Select((b, i) => (b, i + 1)))
        {
            using var reader = new StringReader(batch);
            var parsed = parser.Parse(reader, out var errors);
            found.AddRange(errors.Select(e => $"batch {number}, line {e.Line}: {e.Message}"));
            var inner = new ExecutedTexts();
            parsed?.Accept(inner);
            found.AddRange(inner.Texts.SelectMany(Errors).Select(e => $"batch {number}, in EXEC: {e}"));
        }
        return found;
    }

    /// <summary>The statements that stand as text in EXEC('…'): the parser sees a string there.</summary>
    private sealed class ExecutedTexts : TSqlFragmentVisitor
    {
        public List<string> Texts { get; } = [];

        public override void Visit(ExecutableStringList node) =>
            // A name that is known only when it runs, as in DROP CONSTRAINT [' + @name + '], reads as some name.
            Texts.Add(string.Concat(node.Strings.Select(s => s is StringLiteral literal ? literal.Value : "name")));
    }

    /// <summary>The batches of a script that are not empty.</summary>
    public static IReadOnlyList<string> Batches(string script) =>
        [.. Go().Split(script).Where(b => !string.IsNullOrWhiteSpace(b))];

    [GeneratedRegex(@"^\s*GO\s*;?\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Go();
}
