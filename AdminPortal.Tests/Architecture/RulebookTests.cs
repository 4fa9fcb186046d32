using System.Reflection;
using System.Text.RegularExpressions;

namespace AdminPortal.Tests.Architecture;

/// <summary>Holds docs/rulebook.md against the tests: a rule said to be built has a test that names it, and no test names an unknown rule.</summary>
public sealed partial class RulebookTests
{
    private static readonly IReadOnlyDictionary<string, string> Rules = RowPattern()
        .Matches(Repository.Read("docs/rulebook.md"))
        .ToDictionary(m => m.Groups["id"].Value, m => m.Groups["state"].Value);

    private static readonly IReadOnlySet<string> Named = Traits().ToHashSet();

    [Fact]
    public void Every_rule_said_to_be_built_has_a_test_that_names_it()
    {
        Assert.NotEmpty(Rules);
        var unproved = Rules.Where(r => r.Value == "built" && !Named.Contains(r.Key)).Select(r => r.Key).ToList();
        Assert.True(unproved.Count == 0, string.Join(' ', unproved));
    }

    [Fact]
    public void No_test_names_a_rule_that_does_not_exist()
    {
        var known = Rules.Keys.Concat(Rules.Keys.SelectMany(id => id.Contains('/') ? SplitIds(id) : [])).ToHashSet();
        var unknown = Named.Where(id => !id.StartsWith("D-", StringComparison.Ordinal)).Except(known).ToList();
        Assert.True(unknown.Count == 0, string.Join(' ', unknown));
    }

    [Fact]
    public void Every_rule_that_code_or_scheme_data_names_is_in_the_rulebook()
    {
        var known = Rules.Keys.SelectMany(id => id.Contains('/') ? SplitIds(id).Append(id) : [id]).ToHashSet();
        var unknown =
            from folder in new[] { "AdminPortal.Domain", "AdminPortal.Data" }
            from file in Repository.Files(folder, "*.*")
            where Path.GetExtension(file) is ".cs" or ".json"
            from Match match in IdPattern().Matches(File.ReadAllText(file))
            where !known.Contains(match.Value)
            select $"{Path.GetFileName(file)}: {match.Value}";
        Assert.Empty(unknown.Distinct());
    }

    private static IEnumerable<string> SplitIds(string pair)
    {
        // S1-01/02 stands for S1-01 and S1-02.
        var parts = pair.Split('/');
        yield return parts[0];
        yield return parts[0][..^parts[1].Length] + parts[1];
    }

    private static IEnumerable<string> Traits() =>
        from type in Assembly.GetExecutingAssembly().GetTypes()
        from member in type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Cast<MemberInfo>().Append(type)
        from data in member.GetCustomAttributesData()
        where data.AttributeType == typeof(TraitAttribute) && (string)data.ConstructorArguments[0].Value! == "Rule"
        select (string)data.ConstructorArguments[1].Value!;

    [GeneratedRegex(@"^\| (?<id>(S0|S1|S2|N)-[0-9a-z/]+) \|.*\| (?<state>built|later) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex(@"\b(S0|S1|S2|N)-n?\d{1,2}\b")]
    private static partial Regex IdPattern();
}
