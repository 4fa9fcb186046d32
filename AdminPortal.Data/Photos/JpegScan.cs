namespace AdminPortal.Data.Photos;

/// <summary>Checks one scan against its frame and tables, and copies it.</summary>
internal static class JpegScan
{
    /// <summary>Blocks that one interleaved unit may hold at most, by the standard.</summary>
    private const int MaxBlocksPerUnit = 10;

    /// <summary>Reads the scan whose header is <paramref name="header"/> and whose data begins at <paramref name="at"/>.</summary>
    /// <returns>Null when copied, with <paramref name="at"/> at the next marker; else why not.</returns>
    public static JpegRejection? Copy(
        ReadOnlySpan<byte> input,
        ref int at,
        ReadOnlySpan<byte> header,
        JpegFrame frame,
        JpegTables tables,
        JpegWriter writer
    )
    {
        if (header.IsEmpty || header[0] is < 1 or > 3 || header.Length != 4 + 2 * header[0])
        {
            return JpegRejection.Malformed;
        }
        var count = header[0];
        var components = new JpegComponent[count];
        var parts = new JpegScanPart[count];
        var selectors = new byte[count];
        for (var i = 0; i < count; i++)
        {
            var (id, selector) = (header[1 + 2 * i], header[2 + 2 * i]);
            var (dc, ac) = (selector >> 4, selector & 15);
            // Each component once in the file: this also bounds the scans to three.
            if (Array.Find(frame.Components, c => c.Id == id) is not { IsCoded: false } component)
            {
                return JpegRejection.Malformed;
            }
            if (frame.Marker == 0xC0 && (dc > 1 || ac > 1) || dc > 3 || ac > 3)
            {
                return JpegRejection.Malformed;
            }
            if (
                tables.Huffman[0, dc] is not { } dcTable
                || tables.Huffman[1, ac] is not { } acTable
                || tables.Quantization[component.Quantization] is null
            )
            {
                return JpegRejection.Malformed;
            }
            component.IsCoded = true;
            components[i] = component;
            selectors[i] = selector;
            parts[i] = new JpegScanPart(count == 1 ? 1 : component.Horizontal * component.Vertical, dcTable, acTable);
        }
        if (parts.Sum(p => p.BlocksPerUnit) > MaxBlocksPerUnit)
        {
            return JpegRejection.Malformed;
        }
        // A sequential scan codes all 64 coefficients at full precision.
        if (!header[^3..].SequenceEqual<byte>([0, 63, 0]))
        {
            return JpegRejection.Malformed;
        }

        var fault = JpegScanWalker.Walk(input, at, parts, frame.Units(components), tables.RestartInterval, out var end);
        if (fault is not null)
        {
            return fault;
        }
        writer.Scan(frame, tables, components, selectors, input[at..end]);
        at = end;
        return null;
    }
}
