using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdminPortal.Data.Exchange;
using AdminPortal.Domain.Drivers;
using AdminPortal.Domain.Time;

namespace AdminPortal.Data.Demo;

/// <summary>What the demonstration lets a driver have gone through already.</summary>
public enum DemoStage
{
    /// <summary>May apply at once.</summary>
    Fresh,

    /// <summary>Is refused on several grounds.</summary>
    Refused,

    /// <summary>29 minutes of study are credited.</summary>
    AlmostStudied,

    /// <summary>Study completed; the exam is open.</summary>
    ExamOpen,

    /// <summary>Exam passed, closing check failed; a review may be filed.</summary>
    Invalid,

    /// <summary>A review is filed and waits for an officer.</summary>
    UnderReview,

    /// <summary>The verification failed; a photo with the identity card waits for an officer (S1-27).</summary>
    IdPhoto,

    /// <summary>A study period was not accepted, and its review waits for an officer (N-n5).</summary>
    StudyReview,

    /// <summary>Feedback waits for its answer.</summary>
    Feedback,

    /// <summary>On the blacklist by two officers; the appeal waits (S1-40).</summary>
    Appeal,

    /// <summary>On-site study was confirmed; a public service waits for its second person (N-27).</summary>
    Attendance,

    /// <summary>Passed, with answers given faster than anybody reads and one photo sent again and again: two leads (D-LEAD).</summary>
    Hasty,

    /// <summary>Points moved on from the last cycle (N-15), and a penalty was revoked since (N-16).</summary>
    PointsMoved,
}

/// <summary>A synthetic driver. The division code 990000 does not exist, so the number belongs to nobody.</summary>
/// <param name="Face">Which drawn face is the reference photo.</param>
/// <param name="DaysAgo">How long ago the story of the stage ended.</param>
public sealed record DemoDriver(
    string Name,
    string IdNumber,
    string Mobile,
    string Authority,
    char Face,
    int Points,
    DemoStage Stage,
    int DaysAgo = 0,
    string Reason = ""
);

/// <summary>The drivers of the demonstration and the exchange file that brings them in.</summary>
public static class DemoDrivers
{
    /// <summary>In the order they are offered to a newcomer.</summary>
    public static IReadOnlyList<DemoDriver> All { get; } =
    [
        Person(1, "王小满", "渝A", 'A', 3, DemoStage.Fresh),
        Person(2, "李谷雨", "渝A", 'B', 6, DemoStage.AlmostStudied),
        Person(3, "张立夏", "渝A", 'C', 9, DemoStage.ExamOpen),
        Person(4, "陈白露", "渝A", 'D', 3, DemoStage.Invalid),
        Person(
            5,
            "刘寒露",
            "渝A",
            'E',
            6,
            DemoStage.UnderReview,
            8,
            "考试结束拍照时逆光，屏幕提示不是同一人，但全程都是我本人操作。"
        ),
        Person(
            6,
            "赵立冬",
            "渝A",
            'F',
            3,
            DemoStage.UnderReview,
            6,
            "手机摄像头有水雾，三次都没有拍清楚，请民警核实。"
        ),
        Person(
            7,
            "周大雪",
            "渝A",
            'A',
            1,
            DemoStage.UnderReview,
            3,
            "我戴了口罩忘记摘，学习和开始考试时的照片都通过了。"
        ),
        Person(8, "吴冬至", "渝A", 'B', 9, DemoStage.UnderReview, 2, "晚上光线太暗，比对没有通过，请复核。"),
        Person(9, "郑小寒", "渝B", 'C', 6, DemoStage.UnderReview, 1, "剪了头发，和证件照差别比较大，确实是本人。"),
        Person(10, "孙大寒", "渝A", 'D', 3, DemoStage.UnderReview, 0, "最后一次拍照有人从后面经过，提示未检测到人脸。"),
        Person(11, "何惊蛰", "渝A", 'E', 12, DemoStage.Refused),
        Person(12, "林清明", "渝B", 'F', 6, DemoStage.Fresh),
        Person(13, "梁春分", "渝F", 'A', 3, DemoStage.Fresh),
        Person(14, "宋处暑", "鄂A", 'B', 6, DemoStage.Fresh),
        Person(15, "徐小雪", "鄂A", 'C', 3, DemoStage.IdPhoto, 1),
        Person(16, "马霜降", "渝B", 'D', 6, DemoStage.StudyReview, 1, "学习时低头记笔记，没有看到拍照提示，请核实。"),
        Person(
            17,
            "朱芒种",
            "渝A",
            'E',
            3,
            DemoStage.Feedback,
            2,
            "昨天晚上学习到一半页面一直打不开，怕超过三天期限。"
        ),
        Person(
            18,
            "秦白露",
            "渝A",
            'F',
            6,
            DemoStage.Appeal,
            5,
            "照片里的人就是我本人，当天戴了新配的眼镜，附照片为证。"
        ),
        Person(19, "许夏至", "鄂A", 'A', 6, DemoStage.Attendance, 1),
        Person(20, "沈秋分", "渝A", 'B', 7, DemoStage.PointsMoved),
        Person(21, "韩雨水", "渝A", 'C', 6, DemoStage.Hasty, 1),
    ];

    /// <summary>Writes the exchange files and their photos into a folder, as an authority would deliver them.</summary>
    /// <returns>The paths of the files, in their order: the second one tells of a penalty that was revoked (N-16).</returns>
    public static async Task<IReadOnlyList<string>> WriteExchangeAsync(
        string folder,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        Directory.CreateDirectory(folder);
        var today = ChinaTime.DateOf(now);
        // Data of the early morning: every page shows how old they are (S1-14). Before five o'clock they are yesterday's.
        var asOf = ChinaTime.Local(ChinaTime.StartOf(ChinaTime.DateOf(now.AddHours(-5))).AddHours(3));
        var records = new List<ExchangeRecord>
        {
            new HeaderRecord(HeaderRecord.KnownFormat, asOf, "演示数据"),
            new AuthorityRecord("渝A", "重庆市公安局交通管理局（渝A）", "S1", new DateOnly(2021, 9, 10)),
            new AuthorityRecord("渝F", "重庆市公安局交通管理局（渝F）", "S0", new DateOnly(2020, 3, 1)),
            new AuthorityRecord("渝B", "重庆市公安局交通管理局（渝B）", "N", new DateOnly(2022, 4, 1)),
            new AuthorityRecord("鄂A", "武汉市公安局交通管理局（鄂A）", "N", new DateOnly(2022, 4, 1)),
        };
        foreach (var (driver, index) in All.Select((d, i) => (d, i)))
        {
            records.AddRange(RecordsOf(driver, index, today));
        }
        foreach (var photo in SamplePhotos.All.Where(p => p.Kind == SamplePhotoKind.Reference))
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{photo.Name}.jpg"), photo.Bytes.ToArray(), ct);
        }
        var changes = new List<ExchangeRecord>
        {
            new HeaderRecord(HeaderRecord.KnownFormat, asOf.AddHours(1), "演示数据"),
        };
        changes.AddRange(
            All.Where(d => d.Stage == DemoStage.PointsMoved).Select(d => Second(d, today) with { RevokedOn = today })
        );
        return
        [
            await WriteAsync(Path.Combine(folder, "demo-1.jsonl"), records, ct),
            await WriteAsync(Path.Combine(folder, "demo-2.jsonl"), changes, ct),
        ];
    }

    private static async Task<string> WriteAsync(string path, IEnumerable<ExchangeRecord> records, CancellationToken ct)
    {
        var json = new JsonSerializerOptions(ExchangeRecord.Json)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        await File.WriteAllLinesAsync(path, records.Select(r => JsonSerializer.Serialize(r, json)), ct);
        return path;
    }

    // The second violation of the driver whose points moved on: one point, revoked in the second delivery.
    private static ViolationRecord Second(DemoDriver d, DateOnly today) =>
        new(
            d.IdNumber,
            string.Create(CultureInfo.InvariantCulture, $"DEMO-R-{d.Mobile[^4..]}"),
            "1345",
            today.AddDays(-70),
            1,
            today.AddDays(-62),
            today.AddDays(-60)
        );

    private static IEnumerable<ExchangeRecord> RecordsOf(DemoDriver d, int index, DateOnly today)
    {
        // Cycles that end at different times; the fourth one soon, so that the reminder shows (S1-24).
        var licensed = today.AddYears(-6).AddDays(index == 3 ? 21 : 60 + 17 * index % 290);
        yield return new PersonRecord(d.IdNumber, d.Name, d.Mobile, $"{d.Face}-reference.jpg");
        yield return new LicenceRecord(
            d.IdNumber,
            d.Authority,
            "C1",
            d.Stage == DemoStage.Refused ? "BH" : "A",
            licensed,
            d.Points
        );
        yield return new VehicleRecord(
            d.IdNumber,
            $"{d.Authority}{string.Create(CultureInfo.InvariantCulture, $"D{8000 + index}")}",
            d.Stage == DemoStage.Refused ? today.AddDays(-40) : today.AddMonths(9)
        );
        var handled = d.Stage == DemoStage.Refused ? (DateOnly?)null : today.AddDays(-20);
        yield return new ViolationRecord(
            d.IdNumber,
            string.Create(CultureInfo.InvariantCulture, $"DEMO-{index + 1:D3}"),
            "1362",
            today.AddDays(-45),
            d.Points is 1 or 3 or 6 or 9 or 12 ? d.Points : 3,
            handled,
            handled
        );
        if (d.Stage == DemoStage.PointsMoved)
        {
            // Of the last cycle, and never paid: its points are still there.
            var began = PointsCycle.At(licensed, today).Start;
            yield return new ViolationRecord(
                d.IdNumber,
                string.Create(CultureInfo.InvariantCulture, $"DEMO-C-{d.Mobile[^4..]}"),
                "1208",
                began.AddDays(-150),
                3,
                began.AddDays(-140)
            );
            yield return Second(d, today);
        }
        if (d.Stage == DemoStage.Refused)
        {
            yield return new EntryRecord(d.IdNumber, Drivers.RecordKind.DrinkDriving, today.AddYears(-1));
        }
    }

    private static DemoDriver Person(
        int number,
        string name,
        string authority,
        char face,
        int points,
        DemoStage stage,
        int daysAgo = 0,
        string reason = ""
    )
    {
        var first17 = string.Create(
            CultureInfo.InvariantCulture,
            $"990000{1980 + number:D4}{1 + number % 12:D2}{3 + number:D2}{100 + number:D3}"
        );
        var mobile = string.Create(CultureInfo.InvariantCulture, $"1990000{number:D4}");
        return new DemoDriver(
            name,
            first17 + ResidentId.CheckCharacter(first17),
            mobile,
            authority,
            face,
            points,
            stage,
            daysAgo,
            reason
        );
    }
}
