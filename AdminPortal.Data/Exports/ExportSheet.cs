using AdminPortal.Data.Drivers;
using AdminPortal.Data.Privacy;
using AdminPortal.Data.Statistics;
using AdminPortal.Domain.Access;
using AdminPortal.Domain.Casework;
using AdminPortal.Domain.Schemes;

namespace AdminPortal.Data.Exports;

/// <summary>The words of an exported list, in the language its owner chose.</summary>
public interface IListWords
{
    /// <summary>A text of the officers' side with its values.</summary>
    string Text(string key, params object[] values);

    /// <summary>The word for a member of an enum.</summary>
    string Of<T>(T value)
        where T : struct, Enum;

    /// <summary>Where a case stands, in the words of its kind.</summary>
    string Of(CaseKind kind, CaseState state);

    /// <summary>What a part of a figure is called.</summary>
    string PartOf(Figure figure, string part);

    /// <summary>What an act is called.</summary>
    string ActOf(string act);

    /// <summary>What a list is narrowed to, in words.</summary>
    IEnumerable<(string Word, string Value)> Conditions(ExportQuestion question);

    /// <summary>An instant on the clocks of China, as people read it.</summary>
    string Instant(DateTimeOffset instant);
}

/// <summary>What a list is read with: its owner's own rights, as they are now.</summary>
/// <param name="InFull">Drivers whose name and number are written in full; every other one is masked.</param>
internal sealed record SheetReading(
    PortalDb Db,
    Actor Actor,
    SchemeCatalogue Schemes,
    FieldCipher Cipher,
    DateTimeOffset Now,
    IListWords Words,
    IReadOnlySet<Guid> InFull
);

/// <summary>The driver a row is about, sealed as it is stored.</summary>
internal sealed record SheetPerson(Guid DriverId, byte[] Name, byte[] IdNumber);

/// <summary>A list as it is exported: who may see it, how long it is, who stands in it, its columns and its rows.</summary>
internal abstract class ExportSheet
{
    /// <summary>What one needs to see the list on its page.</summary>
    public abstract Permission Permission { get; }

    /// <summary>False for a list in which no person stands.</summary>
    public abstract bool HasPersons { get; }

    /// <summary>The drivers in the list, row by row; none for a list in which no person stands.</summary>
    /// <param name="most">No more rows than these are read.</param>
    public abstract Task<IReadOnlyList<Guid>> DriversAsync(
        PortalDb db,
        Actor actor,
        DateTimeOffset now,
        int most,
        CancellationToken ct
    );

    public abstract Task<int> CountAsync(
        PortalDb db,
        Actor actor,
        SchemeCatalogue schemes,
        DateTimeOffset now,
        CancellationToken ct
    );

    public abstract IReadOnlyList<XlsxColumn> Columns(IListWords words);

    /// <summary>Writes row after row as they are read; yields after each, so that the writer can pause between them.</summary>
    public abstract IAsyncEnumerable<int> WriteAsync(XlsxWriter file, SheetReading reading, CancellationToken ct);
}

/// <summary>A column and how its cell is written.</summary>
/// <param name="Head">Key of its text.</param>
internal sealed record SheetColumn<T>(
    string Head,
    XlsxKind Kind,
    double Width,
    Action<XlsxWriter, T, SheetReading> Write
);

/// <summary>A list of rows of one kind.</summary>
internal abstract class ExportSheet<T> : ExportSheet
{
    protected abstract IReadOnlyList<SheetColumn<T>> Cells { get; }

    protected abstract IAsyncEnumerable<T> Rows(SheetReading reading, CancellationToken ct);

    public override IReadOnlyList<XlsxColumn> Columns(IListWords words) =>
        [.. Cells.Select(c => new XlsxColumn(words.Text(c.Head), c.Kind, c.Width))];

    public override async IAsyncEnumerable<int> WriteAsync(
        XlsxWriter file,
        SheetReading reading,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var (cells, written) = (Cells, 0);
        await foreach (var row in Rows(reading, ct).WithCancellation(ct))
        {
            file.BeginRow();
            for (var i = 0; i < cells.Count; i++)
            {
                cells[i].Write(file, row, reading);
            }
            file.EndRow();
            yield return ++written;
        }
    }

    /// <summary>The two columns of a person.</summary>
    protected static IEnumerable<SheetColumn<T>> Persons(Func<T, SheetPerson> of) =>
        [
            new("Export_Name", XlsxKind.Text, 14, (x, row, r) => x.Text(NameOf(of(row), r))),
            new("Export_IdNumber", XlsxKind.Text, 22, (x, row, r) => x.Text(NumberOf(of(row), r))),
        ];

    protected static SheetColumn<T> Text(string head, double width, Func<T, SheetReading, string?> value) =>
        new(head, XlsxKind.Text, width, (x, row, r) => x.Text(value(row, r)));

    protected static SheetColumn<T> Number(string head, Func<T, long?> value) =>
        new(head, XlsxKind.Number, 10, (x, row, _) => x.Number(value(row)));

    protected static SheetColumn<T> Day(string head, Func<T, DateOnly?> value) =>
        new(head, XlsxKind.Day, 12, (x, row, _) => x.Day(value(row)));

    protected static SheetColumn<T> Instant(string head, Func<T, DateTimeOffset?> value) =>
        new(head, XlsxKind.Instant, 18, (x, row, _) => x.Instant(value(row)));

    private static string NameOf(SheetPerson person, SheetReading reading)
    {
        var name = reading.Cipher.OpenName(person.Name);
        return reading.InFull.Contains(person.DriverId) ? name : Mask.Name(name);
    }

    private static string NumberOf(SheetPerson person, SheetReading reading)
    {
        var number = reading.Cipher.OpenIdNumber(person.IdNumber);
        return reading.InFull.Contains(person.DriverId) ? number : Mask.IdNumber(number);
    }
}
