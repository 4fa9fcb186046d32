using System.Globalization;
using System.Text;

namespace AdminPortal.Data.Demo;

/// <summary>A paper somebody might hand in as evidence: the smallest PDF with one page and one line that a reader opens.</summary>
public static class SamplePaper
{
    /// <summary>The file.</summary>
    public static ReadOnlyMemory<byte> Bytes { get; } =
        Write("Sample paper handed in as evidence. No real person, no real receipt.");

    private static byte[] Write(string line)
    {
        var page = $"BT /F1 14 Tf 72 720 Td ({line}) Tj ET";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Length {page.Length} >>\nstream\n{page}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];
        var text = new StringBuilder("%PDF-1.4\n");
        var table = new StringBuilder("0000000000 65535 f \n");
        foreach (var (body, index) in objects.Select((body, index) => (body, index)))
        {
            table.Append(CultureInfo.InvariantCulture, $"{text.Length:0000000000} 00000 n \n");
            text.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{body}\nendobj\n");
        }
        var start = text.Length;
        var count = objects.Length + 1;
        text.Append(CultureInfo.InvariantCulture, $"xref\n0 {count}\n{table}trailer\n");
        text.Append(CultureInfo.InvariantCulture, $"<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
