using System.Globalization;
using AdminPortal.Data.Exports;
using AdminPortal.Domain;
using AdminPortal.Domain.Questions;

namespace AdminPortal.Data.Questions;

/// <summary>Questions as a workbook, out and in.</summary>
public static class QuestionWorkbook
{
    /// <summary>The sheet that is read is the first one; this is its name in what we write.</summary>
    public const string SheetName = "题目 Questions";

    /// <summary>The most questions of one file, in either direction: what was exported can be taken over again.</summary>
    public const int MostRows = 1_000;

    private static readonly (QuestionType Type, string[] Words)[] Types =
    [
        (QuestionType.TrueFalse, ["判断", "判断题", "TrueFalse", "True/false"]),
        (QuestionType.Single, ["单选", "单选题", "Single", "Single choice"]),
        (QuestionType.Multiple, ["多选", "多选题", "Multiple", "Multiple choice"]),
    ];

    /// <summary>What a true/false question is answered with, unless somebody writes otherwise.</summary>
    public static IReadOnlyList<BilingualText> RightWrong { get; } = [new("正确", "Right"), new("错误", "Wrong")];

    private static readonly string[] RightWords = ["正确", "对", "TRUE", "RIGHT"];
    private static readonly string[] WrongWords = ["错误", "错", "FALSE", "WRONG"];

    /// <summary>An empty file to fill in, with a sheet that explains every column.</summary>
    public static byte[] Template() =>
        ExcelWorkbook.Write([
            new ExcelSheet(SheetName, Headings, []),
            new ExcelSheet(
                "说明 Help",
                ["列 Column", "怎样填写", "How to fill it in"],
                [.. QuestionColumns.All.Select(column => Help(column.Field, column.Heading))]
            ),
        ]);

    /// <summary>Versions as a file that can be changed and taken over again.</summary>
    public static byte[] Write(IEnumerable<QuestionVersion> versions) =>
        ExcelWorkbook.Write([
            new ExcelSheet(SheetName, [.. Headings, "版本 Version", "状态 State"], [.. versions.Select(Row)]),
        ]);

    /// <summary>Reads a file. What is wrong with the file as a whole is a refusal; what is wrong with cells is in the import.</summary>
    public static Outcome<QuestionImport> Read(byte[] file)
    {
        var read = ExcelReader.Read(file, MostRows + 1);
        if (read is not Outcome<ExcelTable>.Done { Value: var table })
        {
            return ((Outcome<ExcelTable>.Refused)read).Refusal;
        }
        if (table.Rows is not [var head, ..])
        {
            return new Refusal(RefusalCode.WorkbookEmpty);
        }
        var places = new Dictionary<string, int>();
        foreach (var (field, heading) in QuestionColumns.All)
        {
            var at = head.Cells.Where(cell => cell.Value.Text?.Trim() == heading).Select(cell => (int?)cell.Key);
            if (at.FirstOrDefault() is not { } column)
            {
                if (QuestionColumns.MayBeMissing(field))
                {
                    continue;
                }
                return new Refusal(RefusalCode.WorkbookColumnMissing, null, heading);
            }
            places[field] = column;
        }
        if (table.Rows.Count == 1)
        {
            return new Refusal(RefusalCode.WorkbookEmpty);
        }
        return Rows(table, places);
    }

    private static QuestionImport Rows(ExcelTable table, Dictionary<string, int> places)
    {
        var faults = new List<ImportFault>();
        var rows = new List<ImportedQuestion>();
        var (ids, wordings) = (new HashSet<string>(), new HashSet<(string, string)>());
        foreach (var row in table.Rows.Skip(1))
        {
            var before = faults.Count;
            var cells = places.ToDictionary(p => p.Key, p => row.Cells.GetValueOrDefault(p.Value).Text?.Trim() ?? "");
            foreach (var (field, _) in places.Where(p => row.Cells.GetValueOrDefault(p.Value).IsFormula))
            {
                Add(field, new Refusal(RefusalCode.WorkbookFormula, field));
            }
            var type = TypeOf(cells["type"]);
            if (type is null)
            {
                Add("type", new Refusal(RefusalCode.QuestionTypeUnknown, "type"));
            }
            var content = Content(type ?? QuestionType.Single, cells);
            foreach (var defect in content.Defects().Where(d => type is not null || d.Field != "key"))
            {
                Add(defect.Field!, defect);
            }
            var id = cells["id"].Length == 0 ? null : cells["id"];
            if (id is not null && !ids.Add(id))
            {
                Add("id", new Refusal(RefusalCode.QuestionTwiceInFile, "id"));
            }
            // The same words about another picture are another question; a file without pictures tells them apart by their ids.
            var about = places.ContainsKey(QuestionPicture.NameField) ? content.Picture?.Name ?? "" : id ?? "";
            if (content.Text.Zh.Length > 0 && !wordings.Add((content.Text.Zh, about)))
            {
                Add("text", new Refusal(RefusalCode.QuestionTwiceInFile, "text"));
            }
            if (faults.Count == before)
            {
                rows.Add(
                    new ImportedQuestion(row.Number, id, content)
                    {
                        KeepsPicture = !places.ContainsKey(QuestionPicture.NameField),
                    }
                );
            }

            void Add(string field, Refusal reason) =>
                faults.Add(new ImportFault(table.Sheet, row.Number, QuestionColumns.Heading(field), reason));
        }
        return new QuestionImport(table.Sheet, rows, faults);
    }

    private static QuestionContent Content(QuestionType type, Dictionary<string, string> cells)
    {
        var options = Enumerable
            .Range(0, QuestionContent.MostOptions)
            .Select(QuestionContent.OptionField)
            .Select(field => new BilingualText(cells[field], cells[$"{field}En"]))
            .Reverse()
            .SkipWhile(option => option is { Zh: "", En: "" })
            .Reverse()
            .ToList();
        if (options.Count == 0 && type == QuestionType.TrueFalse)
        {
            options.AddRange(RightWrong);
        }
        return new QuestionContent(
            type,
            cells["category"],
            cells["article"],
            new BilingualText(cells["text"], cells["textEn"]),
            options,
            KeyOf(type, cells["key"]),
            new BilingualText(cells["explanation"], cells["explanationEn"]),
            int.TryParse(cells["difficulty"], NumberStyles.None, CultureInfo.InvariantCulture, out var level)
                ? level
                : 0
        )
        {
            Picture = QuestionPicture.Of(
                cells.GetValueOrDefault(QuestionPicture.NameField, ""),
                cells.GetValueOrDefault(QuestionPicture.DescriptionField, ""),
                cells.GetValueOrDefault(QuestionPicture.EnglishField, "")
            ),
        };
    }

    // Letters, however they are parted; a sign that is no letter of an option names one that is not there.
    private static IReadOnlyList<int> KeyOf(QuestionType type, string answer)
    {
        var text = answer.Normalize(System.Text.NormalizationForm.FormKC).ToUpperInvariant();
        if (type == QuestionType.TrueFalse && RightWords.Contains(text))
        {
            return [0];
        }
        if (type == QuestionType.TrueFalse && WrongWords.Contains(text))
        {
            return [1];
        }
        return
        [
            .. text.Where(c => !char.IsWhiteSpace(c) && c is not (',' or ';' or '、' or '/'))
                .Select(c => c - 'A')
                .Order(),
        ];
    }

    private static QuestionType? TypeOf(string word) =>
        Types
            .Where(known => known.Words.Contains(word, StringComparer.OrdinalIgnoreCase))
            .Select(known => (QuestionType?)known.Type)
            .FirstOrDefault();

    private static IReadOnlyList<string> Headings => [.. QuestionColumns.All.Select(column => column.Heading)];

    private static IReadOnlyList<object?> Row(QuestionVersion version) =>
        [
            .. QuestionColumns.All.Select(column => Value(version, column.Field)),
            version.Number,
            version.State.ToString(),
        ];

    private static object? Value(QuestionVersion version, string field) =>
        field switch
        {
            "id" => version.QuestionId,
            "type" => Types.First(known => known.Type == version.Type).Words[0],
            "category" => version.Category,
            "article" => version.Article,
            "text" => version.Text.Zh,
            "textEn" => version.Text.En,
            "key" => string.Concat(version.Key.Select(QuestionColumns.Letter)),
            "explanation" => version.Explanation.Zh,
            "explanationEn" => version.Explanation.En,
            "difficulty" => version.Difficulty,
            QuestionPicture.NameField => version.PictureName,
            QuestionPicture.DescriptionField => version.PictureDescription?.Zh,
            QuestionPicture.EnglishField => version.PictureDescription?.En,
            _ => Option(version, field),
        };

    private static string? Option(QuestionVersion version, string field)
    {
        var index = field["option".Length] - '0';
        return index >= version.Options.Count ? null
            : field.EndsWith("En", StringComparison.Ordinal) ? version.Options[index].En
            : version.Options[index].Zh;
    }

    private static IReadOnlyList<object?> Help(string field, string heading) =>
        field switch
        {
            "id" =>
            [
                heading,
                "新题留空；填写已有编号则为该题新建一个版本",
                "Empty for a new question; the id of a question for a new version of it",
            ],
            "type" => [heading, "判断、单选或多选", "判断 (true/false), 单选 (single) or 多选 (multiple)"],
            "category" =>
            [
                heading,
                "小写英文字母、数字和连字符，如 safe-driving",
                "Small letters, digits and hyphens, such as safe-driving",
            ],
            "article" => [heading, "答案所依据的法条", "The article the answer rests on"],
            "text" => [heading, "必填", "Required"],
            "option0" =>
            [
                heading,
                "二至六个选项，依次填写；判断题可留空",
                "Two to six, without gaps; may be empty for 判断",
            ],
            "key" =>
            [
                heading,
                "正确选项的字母，如 B 或 ACD；判断题可填 正确 或 错误",
                "The letters of the right options, such as B or ACD",
            ],
            "difficulty" => [heading, "1、2 或 3", "1, 2 or 3"],
            QuestionPicture.NameField =>
            [
                heading,
                "题图库中的编号，如 P-0001；留空则没有题图；整列删去则保留原有题图",
                "A name from the picture shelf, such as P-0001; empty for none; without this column a question keeps the picture it has",
            ],
            QuestionPicture.DescriptionField =>
            [
                heading,
                "有题图时必填：写出图上有什么，不要写出答案",
                "Required with a picture: what it shows, never the answer",
            ],
            _ => [heading, "可留空", "May be empty"],
        };
}
