namespace AdminPortal.Data.Photos;

/// <summary>One Huffman table of a JPEG, made ready for decoding. Only tables that can be decoded without ambiguity exist.</summary>
internal sealed class JpegHuffmanTable
{
    private const int FastBits = 9;

    private readonly ushort[] _fast = new ushort[1 << FastBits]; // length << 8 | symbol; 0: the code is longer
    private readonly int[] _endOfLength = new int[17]; // one past the last code of a length; 0: no code has it
    private readonly int[] _firstCode = new int[17];
    private readonly int[] _firstIndex = new int[17];
    private readonly byte[] _symbols;

    private JpegHuffmanTable(byte[] definition)
    {
        Definition = definition;
        _symbols = definition[16..];
    }

    /// <summary>The 16 counts and the symbols, as they stand in a DHT segment.</summary>
    public byte[] Definition { get; }

    /// <summary>Checks a definition and builds its table; null when it is no prefix code or holds impossible symbols.</summary>
    /// <param name="definition">16 counts, then exactly as many symbols as they announce.</param>
    /// <param name="alternating">True for an AC table, false for a DC table.</param>
    public static JpegHuffmanTable? TryBuild(ReadOnlySpan<byte> definition, bool alternating)
    {
        var table = new JpegHuffmanTable(definition.ToArray());
        var seen = new bool[256];
        foreach (var symbol in table._symbols)
        {
            // 8-bit samples: a DC difference has at most 11 bits and an AC value at most 10; run without value is EOB or ZRL.
            var size = symbol & 15;
            var possible = alternating ? (size is > 0 and <= 10 || symbol is 0x00 or 0xF0) : symbol <= 11;
            if (!possible || seen[symbol])
            {
                return null;
            }
            seen[symbol] = true;
        }

        var code = 0;
        var index = 0;
        for (var length = 1; length <= 16; length++, code <<= 1)
        {
            table._firstCode[length] = code;
            table._firstIndex[length] = index;
            for (var left = definition[length - 1]; left > 0; left--, code++, index++)
            {
                // The code of only ones is reserved by the format: so that padding is never a code.
                if (code >= (1 << length) - 1)
                {
                    return null;
                }
                table.AddFast(code, length, table._symbols[index]);
            }
            table._endOfLength[length] = index > table._firstIndex[length] ? code : 0;
        }
        return index == 0 ? null : table;
    }

    /// <summary>Finds the code at the top of <paramref name="window"/>.</summary>
    /// <param name="window">The next 16 bits.</param>
    /// <returns>length &lt;&lt; 8 | symbol, or -1 when no code begins so.</returns>
    public int Decode(int window)
    {
        int fast = _fast[window >> (16 - FastBits)];
        if (fast != 0)
        {
            return fast;
        }
        for (var length = FastBits + 1; length <= 16; length++)
        {
            var code = window >> (16 - length);
            if (code < _endOfLength[length] && code >= _firstCode[length])
            {
                return (length << 8) | _symbols[_firstIndex[length] + code - _firstCode[length]];
            }
        }
        return -1;
    }

    private void AddFast(int code, int length, byte symbol)
    {
        if (length <= FastBits)
        {
            var first = code << (FastBits - length);
            _fast.AsSpan(first, 1 << (FastBits - length)).Fill((ushort)((length << 8) | symbol));
        }
    }
}
