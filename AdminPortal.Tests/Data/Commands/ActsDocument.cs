using System.Runtime.CompilerServices;
using System.Xml.Linq;
using AdminPortal.Data;
using AdminPortal.Data.Commands;
using AdminPortal.Domain.Access;
using AdminPortal.Tests.Architecture;

namespace AdminPortal.Tests.Data.Commands;

/// <summary>
/// docs/acts.md: every act with the permission it needs, who has it, and the entry it leaves in the audit trail. The permission
/// and who has it are held here against the code; the entry is held by <see cref="CommandChecks"/> against what an act wrote.
/// </summary>
public sealed class ActsDocument
{
    private const string None = "none: it changes nothing of its own";

    [Fact]
    [Trait("Rule", "N-33")]
    public void Every_act_stands_in_the_document_with_its_permission_and_those_who_have_it()
    {
        var words = XDocument
            .Load(RootPath("AdminPortal.Web/Resources/StaffTexts.en.resx"))
            .Descendants("data")
            .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);
        var expected = Acts()
            .Select(type =>
                $"| `{type.Name}` | {words[$"Act_{type.Name}"]} | {PermissionOf(type)} | {Who(PermissionOf(type))} |"
            )
            .ToList();

        var found = Lines().Select(cells => $"| {string.Join(" | ", cells.Take(4))} |").ToList();

        var (missing, unknown) = (expected.Except(found).ToList(), found.Except(expected).ToList());
        Assert.True(
            missing.Count == 0 && unknown.Count == 0,
            $"docs/acts.md lacks:\n{string.Join('\n', missing)}\nand has what is not so:\n{string.Join('\n', unknown)}"
        );
    }

    /// <summary>What the document says an act leaves: the kinds of its subject, as the trail names them.</summary>
    internal static IReadOnlyList<string> SubjectsOf(string act)
    {
        var cell = Lines().Single(cells => cells[0] == $"`{act}`")[4];
        return cell == None ? [] : [.. cell.Split(", ")];
    }

    private static IEnumerable<string[]> Lines() =>
        File.ReadAllLines(RootPath("docs/acts.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | "));

    private static IEnumerable<Type> Acts() =>
        typeof(PortalDb)
            .Assembly.GetTypes()
            .Where(t =>
                !t.IsAbstract
                && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>))
            )
            .OrderBy(t => t.Name, StringComparer.Ordinal);

    // A permission is a constant of its act, so no input is needed to ask for it.
    private static Permission PermissionOf(Type act) =>
        (Permission)act.GetProperty("Permission")!.GetValue(RuntimeHelpers.GetUninitializedObject(act))!;

    private static string RootPath(string path) => Path.Combine(Repository.Root, path);

    private static string Who(Permission permission) =>
        new Actor(ActorKind.Staff, Guid.Empty, "", [], [], null).May(permission)
            ? "every member of staff"
            : string.Join(
                ", ",
                Enum.GetValues<Role>()
                    .Where(role => Permissions.Allows(role, permission))
                    .Select(role => $"{role}")
                    .Concat(
                        new[] { Actor.Driver(Guid.Empty), Actor.Operator, Actor.System, Actor.Anonymous }
                            .Where(actor => actor.May(permission))
                            .Select(actor => $"{actor.Kind}")
                    )
            );
}
