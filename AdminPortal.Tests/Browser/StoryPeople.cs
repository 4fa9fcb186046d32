using AdminPortal.Data.Demo;
using AdminPortal.Data.Exchange;
using AdminPortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPortal.Tests.Browser;

/// <summary>Brings people in through the importer, as an authority would.</summary>
internal static class StoryPeople
{
    /// <summary>A driver of 渝A (scheme S1) with three points and a reset date 20 days away.</summary>
    public static async Task<TestPerson> ImportDriverAsync(PortalServer server, int number = 1)
    {
        var person = TestPeople.Number(number);
        var today = DateOnly.FromDateTime(server.Clock.Now.AddHours(8).DateTime);
        var folder = Directory.CreateTempSubdirectory("adminportal-story-");
        await File.WriteAllBytesAsync(
            Path.Combine(folder.FullName, "photo.jpg"),
            SamplePhotos.Named($"{person.Face}-reference").Bytes.ToArray()
        );
        var file = Path.Combine(folder.FullName, "people.jsonl");
        await File.WriteAllLinesAsync(
            file,
            [
                $$"""{"record":"header","format":"adminportal-exchange/1","asOf":"{{today:yyyy-MM-dd}}T03:00:00+08:00","source":"story"}""",
                """{"record":"authority","code":"渝A","name":"重庆（渝A）","scheme":"S1","from":"2021-09-10"}""",
                $$"""{"record":"driver","idNumber":"{{person.IdNumber}}","name":"{{person.Name}}","mobile":"{{person.Mobile}}","photo":"photo.jpg"}""",
                $$"""{"record":"licence","idNumber":"{{person.IdNumber}}","authority":"渝A","classes":"C1","status":"A","firstLicensedOn":"{{today.AddYears(-5).AddDays(20):yyyy-MM-dd}}","points":3}""",
            ]
        );
        var report = await server
            .Services.GetRequiredService<ExchangeImporter>()
            .ImportAsync(file, CancellationToken.None);
        Assert.Empty(report.Faults);
        folder.Delete(recursive: true);
        return person;
    }

    /// <summary>The sample that shows the person themselves, and one that shows somebody else.</summary>
    public static (string Same, string Other) SamplesOf(TestPerson person) =>
        ($"{person.Face}-live", person.Face == 'A' ? "B-live" : "A-live");
}
