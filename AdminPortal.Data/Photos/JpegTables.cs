using System.Buffers.Binary;

namespace AdminPortal.Data.Photos;

/// <summary>The tables in force at a point of the file.</summary>
internal sealed class JpegTables
{
    /// <summary>64 steps each in zigzag order, by id; null: not defined.</summary>
    public byte[]?[] Quantization { get; } = new byte[]?[4];

    /// <summary>By class (0 DC, 1 AC) and id.</summary>
    public JpegHuffmanTable?[,] Huffman { get; } = new JpegHuffmanTable?[2, 4];

    /// <summary>Coded units between restart markers; 0: none.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>True when a marker said that the components are red, green and blue.</summary>
    public bool SawRgb { get; set; }

    public JpegRejection? DefineQuantization(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return JpegRejection.Malformed;
        }
        while (!body.IsEmpty)
        {
            if (body[0] >> 4 == 1)
            {
                return JpegRejection.UnsupportedEncoding; // 16-bit steps are for 12-bit samples
            }
            if (body[0] > 3 || body.Length < 65 || body.Slice(1, 64).Contains((byte)0))
            {
                return JpegRejection.Malformed;
            }
            Quantization[body[0]] = body.Slice(1, 64).ToArray();
            body = body[65..];
        }
        return null;
    }

    public JpegRejection? DefineHuffman(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return JpegRejection.Malformed;
        }
        while (!body.IsEmpty)
        {
            var (kind, id) = (body[0] >> 4, body[0] & 15);
            if (kind > 1 || id > 3 || body.Length < 17)
            {
                return JpegRejection.Malformed;
            }
            var symbols = 0;
            foreach (var count in body.Slice(1, 16))
            {
                symbols += count;
            }
            if (symbols > 256 || body.Length < 17 + symbols)
            {
                return JpegRejection.Malformed;
            }
            var definition = body.Slice(1, 16 + symbols);
            // The same table again costs nothing: a file of ten thousand DHT segments must not cost ten thousand tables.
            if (Huffman[kind, id] is not { } known || !known.Definition.AsSpan().SequenceEqual(definition))
            {
                if (JpegHuffmanTable.TryBuild(definition, alternating: kind == 1) is not { } table)
                {
                    return JpegRejection.Malformed;
                }
                Huffman[kind, id] = table;
            }
            body = body[(17 + symbols)..];
        }
        return null;
    }

    public JpegRejection? DefineRestart(ReadOnlySpan<byte> body)
    {
        if (body.Length != 2)
        {
            return JpegRejection.Malformed;
        }
        RestartInterval = BinaryPrimitives.ReadUInt16BigEndian(body);
        return null;
    }
}
