using System.Text.RegularExpressions;

namespace AdminPortal.Tests.Architecture;

/// <summary>House rules that a machine can hold.</summary>
public sealed class HouseRuleTests
{
    [Fact]
    public void No_test_is_skipped()
    {
        var skipped = Repository
            .Files("AdminPortal.Tests", "*.cs")
            .Where(f => Regex.IsMatch(File.ReadAllText(f), @"\bSkip\s*=\s*"""))
            .Select(Path.GetFileName);
        Assert.Empty(skipped);
    }

    [Fact]
    public void No_markup_is_built_from_data()
    {
        var raw = Repository
            .Files("AdminPortal.Web", "*.*")
            .Where(f => Path.GetExtension(f) is ".cs" or ".razor")
            .Where(f => Regex.IsMatch(File.ReadAllText(f), @"\(MarkupString\)|new MarkupString\(|AddMarkupContent"))
            // The one drawing the server makes itself: the QR code of an authenticator, from a fixed alphabet.
            .Where(f => !Path.GetFileName(f).Contains("Qr", StringComparison.OrdinalIgnoreCase))
            .Select(Path.GetFileName);
        Assert.Empty(raw);
    }

    [Fact]
    public void Nothing_is_loaded_from_another_host()
    {
        var foreign =
            from file in Repository.Files("AdminPortal.Web", "*.*")
            where Path.GetExtension(file) is ".razor" or ".css" or ".js" or ".html"
            where !file.Contains("_framework")
            where Regex.IsMatch(File.ReadAllText(file), @"(src|href|url\(|import)\s*[=(]?\s*[""']?https?://")
            select Path.GetFileName(file);
        Assert.Empty(foreign);
    }

    [Fact]
    public void A_member_of_staff_is_named_with_their_session_in_one_place_of_the_web()
    {
        // Without a session no second factor is asked for (D-STEP-UP): only the product's own work may name somebody like that.
        var naming =
            from file in Repository.Files("AdminPortal.Web", "*.*")
            where Path.GetExtension(file) is ".cs" or ".razor"
            from line in File.ReadLines(file)
            where line.Contains("ActorRef(ActorKind.Staff", StringComparison.Ordinal)
            select $"{Path.GetFileName(file)}: {line.Trim()}";
        Assert.Equal(
            [
                "CurrentActor.cs: ? new ActorRef(ActorKind.Staff, id, session)",
                "StaffPage.cs: ?? new ActorRef(ActorKind.Staff, Guid.Empty);",
            ],
            naming.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_continuous_run_calls_the_test_command_of_the_readme()
    {
        Assert.Contains("eng/test.sh", Repository.Read(".ci/run"));
        Assert.Contains("eng/test.sh", Repository.Read("README.md"));
    }
}
