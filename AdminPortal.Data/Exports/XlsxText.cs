using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace AdminPortal.Data.Exports;

/// <summary>Puts XML of a workbook together in one buffer and hands it on when it is full.</summary>
internal sealed class XlsxText(Stream part) : IDisposable
{
    /// <summary>The longest text Excel reads, in UTF-16 units.</summary>
    private const int LongestText = 32_767;

    // Longer than any token; texts are cut into pieces that fit.
    private const int Room = 64 * 1024;
    private const int Piece = 4 * 1024;

    // Nine digits of a day.
    private const long Fraction = 1_000_000_000;
    private const long Coarse = TimeSpan.TicksPerMillisecond / 10;

    // What may stand as it is: no markup, no control, and no underscore, which begins Excel's own escapes (_x000D_).
    private static readonly bool[] Plain =
    [
        .. Enumerable.Range(0, 0x80).Select(c => c >= 0x20 && !"&<>_".Contains((char)c)),
    ];

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(Room);
    private int _used;

    public void Raw(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > _buffer.Length - _used)
        {
            Flush();
        }
        if (utf8.Length > _buffer.Length)
        {
            part.Write(utf8);
            return;
        }
        utf8.CopyTo(_buffer.AsSpan(_used));
        _used += utf8.Length;
    }

    public void Raw(string xml) => Raw(Encoding.UTF8.GetBytes(xml));

    public void Number(long value)
    {
        Need(32);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_used), out var written);
        _used += written;
    }

    /// <summary>Days and the part of one, to a ten-thousandth of a second.</summary>
    public void Days(long ticks)
    {
        Number(ticks / TimeSpan.TicksPerDay);
        // In tenths of a millisecond: whole ticks times nine digits would not fit.
        var day = TimeSpan.TicksPerDay / Coarse;
        var part = (ticks % TimeSpan.TicksPerDay / Coarse * Fraction + day / 2) / day;
        if (part > 0)
        {
            Need(16);
            _buffer[_used++] = (byte)'.';
            for (var place = Fraction / 10; part > 0; place /= 10)
            {
                _buffer[_used++] = (byte)('0' + part / place);
                part %= place;
            }
        }
    }

    /// <summary>The beginning of a cell in one piece: its column, its row, and what follows.</summary>
    public void Cell(ReadOnlySpan<byte> column, ReadOnlySpan<byte> row, ReadOnlySpan<byte> rest)
    {
        Need(column.Length + row.Length + rest.Length);
        column.CopyTo(_buffer.AsSpan(_used));
        _used += column.Length;
        row.CopyTo(_buffer.AsSpan(_used));
        _used += row.Length;
        rest.CopyTo(_buffer.AsSpan(_used));
        _used += rest.Length;
    }

    /// <summary>The rest of a cell whose type is told: its text.</summary>
    public void Inline(string value)
    {
        var text = value.Length <= LongestText ? value : string.Concat(value.AsSpan(0, LongestText - 1), "…");
        Raw(
            text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
                ? "<is><t xml:space=\"preserve\">"u8
                : "<is><t>"u8
        );
        Escaped(text);
        Raw("</t></is></c>"u8);
    }

    /// <summary>A text as the content of an element.</summary>
    public void Escaped(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            var piece = text[..Math.Min(text.Length, Piece)];
            // Three bytes a unit at most, and the longest escape at the end.
            Need(piece.Length * 3 + 16);
            var buffer = _buffer;
            var used = _used;
            var at = 0;
            for (; at < piece.Length; at++)
            {
                var c = piece[at];
                if (c < 0x80)
                {
                    if (!Plain[c])
                    {
                        break;
                    }
                    buffer[used++] = (byte)c;
                }
                else if (c < 0x800)
                {
                    buffer[used++] = (byte)(0xC0 | c >> 6);
                    buffer[used++] = (byte)(0x80 | c & 0x3F);
                }
                else if (char.IsSurrogate(c) || c >= '\uFFFE')
                {
                    break;
                }
                else
                {
                    buffer[used++] = (byte)(0xE0 | c >> 12);
                    buffer[used++] = (byte)(0x80 | c >> 6 & 0x3F);
                    buffer[used++] = (byte)(0x80 | c & 0x3F);
                }
            }
            _used = used;
            text = text[(at < piece.Length ? at + One(text[at..]) : at)..];
        }
    }

    public void Dispose()
    {
        Flush();
        ArrayPool<byte>.Shared.Return(_buffer);
        part.Dispose();
    }

    // The special character at the front; how many UTF-16 units it took.
    private int One(ReadOnlySpan<char> text)
    {
        switch (text[0])
        {
            case '&':
                Raw("&amp;"u8);
                return 1;
            case '<':
                Raw("&lt;"u8);
                return 1;
            case '>':
                Raw("&gt;"u8);
                return 1;
            case '\t' or '\n':
                Raw([(byte)text[0]]);
                return 1;
            case '\r':
                // As it stands XML would make a line feed of it.
                Raw("&#13;"u8);
                return 1;
            case '_':
                Raw(IsEscape(text) ? "_x005F_"u8 : "_"u8);
                return 1;
            case var high when char.IsHighSurrogate(high) && text.Length > 1 && char.IsLowSurrogate(text[1]):
                Need(4);
                _used += Encoding.UTF8.GetBytes(text[..2], _buffer.AsSpan(_used));
                return 2;
            default:
                Raw("\uFFFD"u8);
                return 1;
        }
    }

    private static bool IsEscape(ReadOnlySpan<char> text) =>
        text.Length >= 7
        && text[1] is 'x' or 'X'
        && text[6] == '_'
        && char.IsAsciiHexDigit(text[2])
        && char.IsAsciiHexDigit(text[3])
        && char.IsAsciiHexDigit(text[4])
        && char.IsAsciiHexDigit(text[5]);

    private void Need(int bytes)
    {
        if (bytes > _buffer.Length - _used)
        {
            Flush();
        }
    }

    private void Flush()
    {
        part.Write(_buffer, 0, _used);
        _used = 0;
    }
}
