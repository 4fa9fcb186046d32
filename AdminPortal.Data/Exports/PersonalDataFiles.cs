using System.Text.Encodings.Web;
using System.Text.Json;
using AdminPortal.Data.MyData;
using AdminPortal.Domain.Drivers;

namespace AdminPortal.Data.Exports;

/// <summary>What a category of data is called and about, in the driver's language.</summary>
public sealed record CategoryWords(string Title, string Purpose, string Source, string Kept);

/// <summary>The words of the person's language that go into a file.</summary>
public interface IPersonalDataWords
{
    string Language { get; }

    CategoryWords Category(string table);

    string Column(string column);

    /// <summary>A value as a person reads it: a word for an enum member, a joined list; dates and numbers stay what they are.</summary>
    object? Value(string column, object? value);

    /// <summary>The tab and the headers of the first sheet: category, purpose, source, how long kept, number of rows.</summary>
    (string Tab, IReadOnlyList<string> Headers) Contents { get; }
}

/// <summary>Writes a driver's data as files: JSON for machines, Excel for people.</summary>
public static class PersonalDataFiles
{
    /// <summary>Named in every JSON file; changes with its structure.</summary>
    public const string Format = "admin-portal.my-data/1";

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Stored names and values; instants in UTC.</summary>
    public static byte[] Json(PersonalData data, IPersonalDataWords words)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("exportedAt", data.At);
            json.WriteString("language", words.Language);
            json.WriteStartArray("categories");
            foreach (var table in data.Tables)
            {
                WriteCategory(json, table, words.Category(table.Name));
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    /// <summary>A sheet of contents, then a sheet per category; instants on the clock of China.</summary>
    public static byte[] Excel(PersonalData data, IPersonalDataWords words)
    {
        var contents = data.Tables.Select(table =>
        {
            var about = words.Category(table.Name);
            return (IReadOnlyList<object?>)[about.Title, about.Purpose, about.Source, about.Kept, table.Rows.Count];
        });
        return ExcelWorkbook.Write([
            new ExcelSheet(words.Contents.Tab, words.Contents.Headers, [.. contents]),
            .. data.Tables.Select(table => new ExcelSheet(
                words.Category(table.Name).Title,
                [.. table.Columns.Select(words.Column)],
                [
                    .. table.Rows.Select(row =>
                        (IReadOnlyList<object?>)
                            [.. row.Select((value, column) => words.Value(table.Columns[column], value))]
                    ),
                ]
            )),
        ]);
    }

    private static void WriteCategory(Utf8JsonWriter json, PersonalTable table, CategoryWords about)
    {
        json.WriteStartObject();
        json.WriteString("name", JsonNamingPolicy.CamelCase.ConvertName(table.Name));
        json.WriteString("title", about.Title);
        json.WriteString("purpose", about.Purpose);
        json.WriteString("source", about.Source);
        json.WriteString("kept", about.Kept);
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            json.WriteStartObject();
            for (var column = 0; column < table.Columns.Count; column++)
            {
                json.WritePropertyName(JsonNamingPolicy.CamelCase.ConvertName(table.Columns[column]));
                WriteValue(json, row[column]);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case DateOnly day:
                json.WriteStringValue(day.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset instant:
                json.WriteStringValue(instant.UtcDateTime);
                break;
            case object[] list:
                json.WriteStartArray();
                Array.ForEach(list, item => WriteValue(json, item));
                json.WriteEndArray();
                break;
            case GroundFinding finding:
                json.WriteStringValue($"{finding.Ground}");
                break;
            default:
                json.WriteStringValue($"{value}");
                break;
        }
    }
}
