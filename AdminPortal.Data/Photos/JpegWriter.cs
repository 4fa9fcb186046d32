using System.Buffers.Binary;

namespace AdminPortal.Data.Photos;

/// <summary>
/// Writes the clean file in one canonical order: SOI, JFIF, then before each scan only the tables it uses and the reader does not
/// have yet. Tables nobody uses are places to hide bytes in, and are not written. Written twice, a file does not change.
/// </summary>
internal sealed class JpegWriter
{
    private readonly MemoryStream _out;
    private readonly byte[]?[] _quantization = new byte[]?[4];
    private readonly JpegHuffmanTable?[,] _huffman = new JpegHuffmanTable?[2, 4];
    private int _restartInterval;
    private bool _frameWritten;

    public JpegWriter(int sizeHint)
    {
        _out = new MemoryStream(sizeHint + 64);
        _out.Write([0xFF, 0xD8]);
        // JFIF 1.01, no density, no thumbnail.
        Segment(0xE0, [(byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
    }

    /// <summary>Writes one scan with what it needs.</summary>
    public void Scan(
        JpegFrame frame,
        JpegTables tables,
        ReadOnlySpan<JpegComponent> components,
        ReadOnlySpan<byte> selectors,
        ReadOnlySpan<byte> data
    )
    {
        foreach (var component in components)
        {
            Quantization(component.Quantization, tables);
        }
        if (!_frameWritten)
        {
            Frame(frame);
        }
        foreach (var selector in selectors)
        {
            Huffman(0, selector >> 4, tables);
            Huffman(1, selector & 15, tables);
        }
        if (_restartInterval != tables.RestartInterval)
        {
            _restartInterval = tables.RestartInterval;
            Span<byte> interval = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(interval, (ushort)_restartInterval);
            Segment(0xDD, interval);
        }

        var header = new List<byte> { (byte)components.Length };
        for (var i = 0; i < components.Length; i++)
        {
            header.Add(NewId(frame, components[i]));
            header.Add(selectors[i]);
        }
        header.AddRange([0, 63, 0]);
        Segment(0xDA, [.. header]);
        _out.Write(data);
    }

    /// <summary>Ends the file and returns it.</summary>
    public byte[] Finish()
    {
        _out.Write([0xFF, 0xD9]);
        return _out.ToArray();
    }

    private void Quantization(int id, JpegTables tables)
    {
        var table = tables.Quantization[id]!; // the scan was checked to have it
        if (_quantization[id] is { } known && known.AsSpan().SequenceEqual(table))
        {
            return;
        }
        _quantization[id] = table;
        Segment(0xDB, [(byte)id, .. table]);
    }

    private void Huffman(int kind, int id, JpegTables tables)
    {
        var table = tables.Huffman[kind, id]!; // the scan was checked to have it
        if (_huffman[kind, id] is { } known && known.Definition.AsSpan().SequenceEqual(table.Definition))
        {
            return;
        }
        _huffman[kind, id] = table;
        Segment(0xC4, [(byte)((kind << 4) | id), .. table.Definition]);
    }

    private void Frame(JpegFrame frame)
    {
        _frameWritten = true;
        var body = new byte[6 + 3 * frame.Components.Length];
        body[0] = 8;
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(1), (ushort)frame.Height);
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(3), (ushort)frame.Width);
        body[5] = (byte)frame.Components.Length;
        for (var i = 0; i < frame.Components.Length; i++)
        {
            var component = frame.Components[i];
            body[6 + 3 * i] = NewId(frame, component);
            body[7 + 3 * i] = (byte)((component.Horizontal << 4) | component.Vertical);
            body[8 + 3 * i] = (byte)component.Quantization;
        }
        Segment(frame.Marker, body);
    }

    // JFIF numbers components from 1; some readers guess other colours from other ids.
    private static byte NewId(JpegFrame frame, JpegComponent component) =>
        (byte)(Array.IndexOf(frame.Components, component) + 1);

    private void Segment(byte marker, ReadOnlySpan<byte> body)
    {
        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(body.Length + 2));
        _out.Write(head);
        _out.Write(body);
    }
}
