using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit.Sdk;

namespace AdminPortal.Tests.Domain;

/// <summary>
/// Examples as data: <c>AdminPortal.Tests/Examples/room/rule.json</c> with a source and a list of titled examples, which staff
/// who read no code can read and add to.
/// </summary>
internal sealed class ExampleFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly Dictionary<string, JsonElement> _examples;

    private ExampleFile(JsonElement root)
    {
        Root = root;
        _examples = root.GetProperty("examples")
            .EnumerateArray()
            .ToDictionary(e => e.GetProperty("title").GetString()!);
    }

    public static string Folder { get; } = FindFolder();

    public JsonElement Root { get; }

    public IEnumerable<string> Titles => _examples.Keys;

    public static ExampleFile Read(string file) => new(Document(file));

    /// <summary>One example, read as a record.</summary>
    public static T Get<T>(string file, string title) => Read(file)._examples[title].Deserialize<T>(Json)!;

    /// <summary>The head of a file (what all its examples share), read as a record.</summary>
    public static T Head<T>(string file) => Document(file).Deserialize<T>(Json)!;

    public static string[] Lines(string file) =>
        [
            .. File.ReadAllLines(Path.Combine(Folder, file))
                .Select(line => line.TrimEnd())
                .Where(line => line.Length > 0 && !line.StartsWith('#')),
        ];

    private static JsonElement Document(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file))).RootElement;

    // From the build output upwards, so that the tests run from any checkout and from a mutation run's copy.
    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var examples = Path.Combine(folder.FullName, "Examples", "Time", "notices.json");
            if (File.Exists(examples))
            {
                return Path.Combine(folder.FullName, "Examples");
            }
        }
        throw new DirectoryNotFoundException("AdminPortal.Tests/Examples");
    }
}

/// <summary>Runs a theory once per example of a file; the arguments are the file and the title.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ExamplesAttribute(string file) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        ExampleFile.Read(file).Titles.Select(title => new object[] { file, title });
}

public sealed class ExampleFileTests
{
    [Fact]
    public void Every_example_file_names_its_source_and_has_examples()
    {
        var files = Directory.GetFiles(ExampleFile.Folder, "*.json", SearchOption.AllDirectories);

        Assert.True(files.Length > 20);
        Assert.All(
            files,
            file =>
            {
                var read = ExampleFile.Read(file);
                Assert.True(read.Root.GetProperty("source").GetString()!.Length > 20, file);
                Assert.NotEmpty(read.Titles);
            }
        );
    }
}
