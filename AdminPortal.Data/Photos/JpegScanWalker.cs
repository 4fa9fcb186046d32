namespace AdminPortal.Data.Photos;

/// <summary>One component's part in a scan.</summary>
/// <param name="BlocksPerUnit">Blocks of this component in one coded unit (MCU).</param>
/// <param name="Dc">Table of the first coefficient.</param>
/// <param name="Ac">Table of the other 63.</param>
internal readonly record struct JpegScanPart(int BlocksPerUnit, JpegHuffmanTable Dc, JpegHuffmanTable Ac);

/// <summary>
/// Walks the entropy-coded data of one sequential scan: reads every Huffman code and its value bits and throws the values away.
/// It proves that the scan holds exactly the promised number of coded units, and finds where it ends. Work is bounded by the bits
/// that are there: each block takes at least two.
/// </summary>
internal ref struct JpegScanWalker
{
    private readonly ReadOnlySpan<byte> _data;
    private int _next; // the next byte not yet in the bit buffer
    private uint _bits; // the lowest _count bits are the next ones
    private int _count;
    private int _invented; // of these, how many follow the end of the data (ones, as padding is)

    private JpegScanWalker(ReadOnlySpan<byte> data, int start)
    {
        _data = data;
        _next = start;
    }

    /// <summary>Walks one scan.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="start">Where the entropy-coded data begins.</param>
    /// <param name="parts">The scan's components in order.</param>
    /// <param name="units">Coded units the frame promises.</param>
    /// <param name="restartInterval">Units between restart markers; 0: none.</param>
    /// <param name="end">One past the last byte of the scan: where the next marker must be.</param>
    /// <returns>Null when the scan is whole, else why not.</returns>
    public static JpegRejection? Walk(
        ReadOnlySpan<byte> data,
        int start,
        ReadOnlySpan<JpegScanPart> parts,
        int units,
        int restartInterval,
        out int end
    )
    {
        var walker = new JpegScanWalker(data, start);
        var fault = walker.Walk(parts, units, restartInterval);
        end = walker._next;
        return fault;
    }

    private JpegRejection? Walk(ReadOnlySpan<JpegScanPart> parts, int units, int restartInterval)
    {
        var restarts = 0;
        for (var unit = 0; unit < units; unit++)
        {
            if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0)
            {
                if (EndInterval() is { } early)
                {
                    return early;
                }
                if (_next + 1 >= _data.Length)
                {
                    return JpegRejection.Truncated;
                }
                if (_data[_next] != 0xFF || _data[_next + 1] != 0xD0 + (restarts++ & 7))
                {
                    return JpegRejection.Malformed;
                }
                _next += 2;
            }
            foreach (var part in parts)
            {
                for (var block = 0; block < part.BlocksPerUnit; block++)
                {
                    if (!Block(part))
                    {
                        return Shortage();
                    }
                }
            }
        }
        return EndInterval();
    }

    /// <summary>One block of 64 coefficients; false when it cannot be.</summary>
    private bool Block(in JpegScanPart part)
    {
        var dc = Symbol(part.Dc);
        if (dc < 0)
        {
            return false;
        }
        Drop(dc);
        for (var k = 1; k < 64; k++)
        {
            var symbol = Symbol(part.Ac);
            if (symbol < 0)
            {
                return false;
            }
            if (symbol == 0)
            {
                break; // end of block
            }
            k += symbol >> 4;
            if (k > 63)
            {
                return false;
            }
            Drop(symbol & 15);
        }
        return _count >= _invented; // no bit beyond the end was used
    }

    private int Symbol(JpegHuffmanTable table)
    {
        Fill();
        var code = table.Decode((int)(_bits >> (_count - 16)) & 0xFFFF);
        if (code < 0)
        {
            return -1;
        }
        _count -= code >> 8;
        return code & 0xFF;
    }

    private void Drop(int bits)
    {
        Fill();
        _count -= bits;
    }

    /// <summary>Makes sure of 16 bits, of which those after a marker or the end of the file are invented.</summary>
    private void Fill()
    {
        while (_count < 16)
        {
            uint value = 0xFF;
            if (_next < _data.Length && _data[_next] != 0xFF)
            {
                value = _data[_next++];
            }
            else if (_next + 1 < _data.Length && _data[_next] == 0xFF && _data[_next + 1] == 0x00)
            {
                _next += 2; // a stuffed FF
            }
            else
            {
                _invented += 8;
            }
            _bits = (_bits << 8) | value;
            _count += 8;
        }
    }

    /// <summary>Ends a restart interval: fewer than eight bits of padding may be left, then a marker.</summary>
    private JpegRejection? EndInterval()
    {
        var left = _count - _invented;
        if (left is < 0)
        {
            return Shortage();
        }
        // The buffer may hold whole bytes read ahead: data that no coded unit owns.
        if (left >= 8)
        {
            return JpegRejection.Malformed;
        }
        _count = 0;
        _invented = 0;
        return null;
    }

    /// <summary>Names a fault in the bits: the file ended, or it contradicts itself.</summary>
    private readonly JpegRejection Shortage() =>
        _invented > 0 && _next + 1 >= _data.Length ? JpegRejection.Truncated : JpegRejection.Malformed;
}
