using System.Reflection;
using System.Text.RegularExpressions;
using AdminPortal.Data;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace AdminPortal.Tests.Architecture;

/// <summary>Web → Data → Domain, and what each may know.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly DomainAssembly = typeof(Refusal).Assembly;
    private static readonly Assembly DataAssembly = typeof(PortalDb).Assembly;
    private static readonly Assembly WebAssembly = typeof(PortalWeb).Assembly;

    [Fact]
    public void The_domain_references_nothing_but_the_base_class_library()
    {
        var references = DomainAssembly
            .GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(n => !n.StartsWith("System.", StringComparison.Ordinal))
            .ToList();
        Assert.Empty(references);
    }

    [Fact]
    public void Data_does_not_know_the_web()
    {
        Assert.DoesNotContain(DataAssembly.GetReferencedAssemblies(), a => a.Name == WebAssembly.GetName().Name);
    }

    [Fact]
    public void No_component_holds_the_database()
    {
        var holders =
            from type in WebAssembly.GetTypes()
            where typeof(IComponent).IsAssignableFrom(type)
            from member in type.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            let held = member switch
            {
                FieldInfo field => field.FieldType,
                PropertyInfo property => property.PropertyType,
                _ => null,
            }
            where held is not null && held.ToString().Contains(nameof(PortalDb))
            select $"{type.Name}.{member.Name}";
        Assert.Empty(holders);
    }

    [Fact]
    public void Pages_and_endpoints_do_not_query_the_database()
    {
        // Hosting and the operators' commands open it to migrate and to check; nothing else in Web does.
        var queries = Repository
            .Files("AdminPortal.Web", "*.*")
            .Where(f => Path.GetExtension(f) is ".cs" or ".razor")
            .Where(f => !Regex.IsMatch(f, @"[\\/](Hosting|Operators|Jobs)[\\/]"))
            .Where(f => Regex.IsMatch(File.ReadAllText(f), @"\b(DbContext|PortalDb|Microsoft\.EntityFrameworkCore)\b"))
            .Select(Path.GetFileName);
        Assert.Empty(queries);
    }

    [Fact]
    public void No_city_is_named_outside_scheme_and_demonstration_data()
    {
        var named =
            from folder in new[] { "AdminPortal.Domain", "AdminPortal.Data" }
            from file in Repository.Files(folder, "*.cs")
            where !Regex.IsMatch(file, @"[\\/](Demo|Migrations)[\\/]")
            from line in File.ReadLines(file)
            let code = line.Split("//")[0]
            where Regex.IsMatch(code, "\"[^\"]*(重庆|武汉|渝[A-Z]|鄂[A-Z]|Chongqing|Wuhan)[^\"]*\"")
            select $"{Path.GetFileName(file)}: {line.Trim()}";
        Assert.Empty(named);
    }

    [Fact]
    public void Days_are_added_to_legal_dates_in_the_time_room_only()
    {
        var adders =
            from file in Repository.Files("AdminPortal.Domain", "*.cs")
            where !Regex.IsMatch(file, @"[\\/]Time[\\/]")
            where Regex.IsMatch(File.ReadAllText(file), @"\.AddDays\(")
            select Path.GetFileName(file);
        Assert.Empty(adders);
    }

    [Fact]
    public void Every_command_is_a_record_of_its_input()
    {
        var commands = DataAssembly.GetTypes().Where(IsCommand).ToList();
        Assert.NotEmpty(commands);
        Assert.All(commands, type => Assert.NotNull(type.GetMethod("<Clone>$")));
    }

    private static bool IsCommand(Type type) =>
        !type.IsAbstract
        && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>));
}
