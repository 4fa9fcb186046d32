using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdminPortal.Data.Consents;
using AdminPortal.Data.Drivers;
using AdminPortal.Data.FaceChecks;
using AdminPortal.Data.Gateways;
using AdminPortal.Data.Messages;
using AdminPortal.Data.MyData;
using AdminPortal.Data.Points;
using AdminPortal.Domain;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Exams;
using AdminPortal.Domain.Exports;
using AdminPortal.Domain.FaceChecks;
using AdminPortal.Domain.Feedback;
using AdminPortal.Domain.Leads;
using AdminPortal.Domain.Outages;
using AdminPortal.Domain.Questions;
using AdminPortal.Domain.Rounds;
using AdminPortal.Domain.Schemes;
using AdminPortal.Domain.Texts;
using AdminPortal.Web.Jobs;
using AdminPortal.Web.Staff.Audit;
using AdminPortal.Web.Staff.Texts;

namespace AdminPortal.Tests.Architecture;

/// <summary>Every text exists in both languages, with the same places for values.</summary>
public sealed class TextTests
{
    public static TheoryData<string> Sets() =>
        [
            "AdminPortal.Web/Resources/SharedTexts",
            "AdminPortal.Web/Resources/StaffTexts",
            "AdminPortal.Web/Resources/DriverTexts",
            "AdminPortal.Data/Messages/MessageTexts",
        ];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Both_languages_have_the_same_keys_and_the_same_places(string set)
    {
        var (zh, en) = (Load($"{set}.resx"), Load($"{set}.en.resx"));
        Assert.NotEmpty(zh);
        Assert.Equal(zh.Keys.Order(), en.Keys.Order());
        Assert.All(zh, text => Assert.Equal(Places(text.Value), Places(en[text.Key])));
        Assert.All(zh.Values.Concat(en.Values), text => Assert.False(string.IsNullOrWhiteSpace(text)));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void English_texts_are_in_English(string set)
    {
        var untranslated = Load($"{set}.en.resx").Where(t => t.Value.Any(c => c is >= '\u4e00' and <= '\u9fff'));
        // The language switch shows each language in its own script.
        Assert.Empty(untranslated.Where(t => t.Value is not "中文").Select(t => t.Key));
    }

    [Fact]
    public void Every_word_the_pages_can_ask_for_has_a_text()
    {
        var texts = Load("AdminPortal.Web/Resources/SharedTexts.resx").Keys.ToHashSet();
        string[] wanted =
        [
            .. Enum.GetNames<RefusalCode>().Select(n => $"Refusal_{n}"),
            .. Enum.GetNames<RoundState>().Select(n => $"RoundState_{n}"),
            .. Enum.GetNames<RoundAct>().Select(n => $"RoundAct_{n}"),
            .. Enum.GetNames<VoidReason>().Select(n => $"VoidReason_{n}"),
            .. Enum.GetNames<DeadlineKind>().Select(n => $"DeadlineKind_{n}"),
            .. Enum.GetNames<FaceCheckPurpose>().Select(n => $"FaceCheckPurpose_{n}"),
            .. Enum.GetNames<FaceOutcome>().Select(n => $"FaceOutcome_{n}"),
            .. Enum.GetNames<ExamState>().Select(n => $"ExamState_{n}"),
            .. Enum.GetNames<CaseKind>().Select(n => $"CaseKind_{n}"),
            .. Enum.GetNames<FeedbackKind>().Select(n => $"FeedbackKind_{n}"),
            .. Enum.GetNames<CaseState>().Select(n => $"CaseState_{n}"),
            .. Enum.GetNames<CaseAct>().Select(n => $"CaseAct_{n}"),
            .. Enum.GetNames<Role>().Select(n => $"Role_{n}"),
            .. Enum.GetNames<AccountState>().Select(n => $"AccountState_{n}"),
            .. Enum.GetNames<RoleGrantState>().Select(n => $"RoleGrantState_{n}"),
            .. Enum.GetNames<ActorKind>().Select(n => $"ActorKind_{n}"),
            .. Enum.GetNames<QuestionType>().Select(n => $"QuestionType_{n}"),
            .. Enum.GetNames<QuestionState>().Select(n => $"QuestionState_{n}"),
            .. Enum.GetNames<Ground>().Select(n => $"Ground_{n}"),
            .. Enum.GetNames<Ground>().Select(n => $"Ground_{n}_Advice"),
            .. Enum.GetNames<RecordKind>().Select(n => $"RecordKind_{n}"),
            .. Enum.GetNames<MessageChannel>().Select(n => $"MessageChannel_{n}"),
            .. Enum.GetNames<ReductionState>().Select(n => $"ReductionState_{n}"),
            .. Enum.GetNames<PhotoKind>().Select(n => $"PhotoKind_{n}"),
            .. Enum.GetNames<FaceConsentAct>().Select(n => $"FaceConsentAct_{n}"),
            .. Enum.GetNames<ServicePart>().Select(n => $"ServicePart_{n}"),
            .. Enum.GetNames<OutageState>().Select(n => $"OutageState_{n}"),
            .. Enum.GetNames<OutageLeft>().Select(n => $"OutageLeft_{n}"),
            .. Enum.GetNames<TextKind>().Select(n => $"TextKind_{n}"),
            .. Enum.GetNames<TextState>().Select(n => $"TextState_{n}"),
            .. Enum.GetNames<TextListState>().Select(n => $"TextListState_{n}"),
            .. Enum.GetNames<MessageTemplate>().Select(n => $"MessageTemplate_{n}"),
            .. Enum.GetNames<MessageFact>().Select(n => $"MessageFact_{n}"),
            .. Enum.GetNames<AssignmentState>().Select(n => $"AssignmentState_{n}"),
            .. Enum.GetNames<LeadKind>().Select(n => $"LeadKind_{n}"),
            .. new[] { CaseState.Upheld, CaseState.Rejected }.Select(s => $"CaseState_{CaseKind.Lead}_{s}"),
            .. Enum.GetNames<LeadMeasure>().Select(n => $"LeadMeasure_{n}"),
            .. Enum.GetNames<ExportFormat>().Select(n => $"ExportFormat_{n}"),
            .. Enum.GetNames<ExportedList>().Select(n => $"ExportedList_{n}"),
            .. Enum.GetNames<ExportedPersons>().Select(n => $"ExportedPersons_{n}"),
            .. Enum.GetNames<ExportState>().Select(n => $"ExportState_{n}"),
            .. LicenceStatus.Barring.Select(letter => $"LicenceStatus_{letter}"),
        ];
        Assert.Empty(wanted.Except(texts));
    }

    [Fact]
    public void Every_act_has_words_for_the_auditor_and_for_the_driver_it_concerns()
    {
        foreach (var language in new[] { "", ".en" })
        {
            var staff = Load($"AdminPortal.Web/Resources/StaffTexts{language}.resx").Keys;
            var driver = Load($"AdminPortal.Web/Resources/DriverTexts{language}.resx").Keys;
            Assert.Empty(AuditActs.All.Select(act => $"Act_{act}").Except(staff));
            // A refused attempt of staff concerns no driver: it saw nothing.
            Assert.Empty(
                AuditActs.All.Where(act => act != AuditActs.Denied).Select(act => $"Did_{act}").Except(driver)
            );
        }
    }

    [Fact]
    public void Every_job_has_a_name_for_the_administrator()
    {
        var jobs = typeof(PortalJobs)
            .Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(Quartz.IJob)))
            .Select(type => $"Job_{type.Name}")
            .ToList();
        Assert.NotEmpty(jobs);
        Assert.Empty(jobs.Except(Load("AdminPortal.Web/Resources/StaffTexts.resx").Keys));
    }

    [Theory]
    [InlineData("StaffTexts", "Staff", "Account", "Shell")]
    [InlineData("DriverTexts", "Driver", "Account", "Development", "Shell")]
    public void Every_key_a_page_asks_for_by_name_has_a_text(string set, params string[] rooms)
    {
        var texts = Load($"AdminPortal.Web/Resources/{set}.resx").Keys.ToHashSet();
        var pages =
            from room in rooms
            from file in Repository.Files($"AdminPortal.Web/{room}", "*.*")
            where Path.GetExtension(file) is ".razor" or ".cs"
            let source = File.ReadAllText(file)
            where IsOf(set, file, source)
            select source;
        var asked = pages.SelectMany(source =>
            Regex.Matches(source, @"\bT\[""(?<key>[A-Za-z0-9_]+)""").Select(m => m.Groups["key"].Value)
        );
        Assert.Empty(asked.Distinct().Except(texts));
    }

    // A page of Account or Shell says itself whose texts it takes; the other rooms have one set each.
    private static bool IsOf(string set, string file, string source) =>
        Regex.IsMatch(file, @"[\\/](Account|Shell)[\\/]")
            ? source.Contains($"IStringLocalizer<{set}>", StringComparison.Ordinal)
            : true;

    [Fact]
    public void Every_message_has_a_text()
    {
        var texts = Load("AdminPortal.Data/Messages/MessageTexts.resx").Keys.ToHashSet();
        Assert.Empty(Enum.GetNames<MessageTemplate>().Except(texts));
        Assert.Empty(Enum.GetNames<VoidReason>().Select(n => $"Fact_{n}").Except(texts));
        Assert.Empty(Enum.GetNames<DeadlineKind>().Select(n => $"Fact_{n}").Except(texts));
    }

    private static Dictionary<string, string> Load(string path) =>
        XDocument
            .Load(Path.Combine(Repository.Root, path))
            .Root!.Elements("data")
            .ToDictionary(e => e.Attribute("name")!.Value, e => e.Element("value")!.Value);

    private static string Places(string text) =>
        string.Join(
            ',',
            Enumerable
                .Range(0, 6)
                .Where(n =>
                    text.Contains($"{{{n}}}", StringComparison.Ordinal)
                    || text.Contains($"{{{n}:", StringComparison.Ordinal)
                )
        );
}
