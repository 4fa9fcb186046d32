namespace AdminPortal.Data.MyData;

/// <summary>
/// One category of what is stored about a driver, as a table: the page, the JSON file and the workbook show the same one.
/// Names of tables and columns are words of the product; each has a text in every language (tested).
/// </summary>
/// <param name="Name">Such as Licence or FaceChecks.</param>
/// <param name="Columns">Such as TakenAt.</param>
/// <param name="Rows">One value per column: text, number, truth, date, instant, enum member, list of texts, or null. Newest first.</param>
public sealed record PersonalTable(
    string Name,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<object?>> Rows
)
{
    internal static PersonalTable Of(string name, string columns, IEnumerable<object?[]> rows)
    {
        var names = columns.Split(' ');
        IReadOnlyList<object?>[] lines = [.. rows];
        return lines.All(line => line.Count == names.Length)
            ? new PersonalTable(name, names, lines)
            : throw new ArgumentException($"{name}: a row has other columns.", nameof(rows));
    }
}

/// <summary>Everything that is stored about a driver, at one instant.</summary>
public sealed record PersonalData(DateTimeOffset At, IReadOnlyList<PersonalTable> Tables);
