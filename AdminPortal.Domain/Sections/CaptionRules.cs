namespace AdminPortal.Domain.Sections;

/// <summary>
/// What captions of a video must be (D-STUDY-CAPTIONS): there in both languages, at the same times, one after the other, inside the
/// video, plain text, and slow enough to read. Whoever hears nothing, or reads the other language, misses nothing.
/// </summary>
public static class CaptionRules
{
    /// <summary>Bytes of a caption file.</summary>
    public const int LargestFile = 64 * 1024;

    /// <summary>Signs a second that can be read: Chinese characters, and letters of English.</summary>
    public const int FastestChinese = 8;
    public const int FastestEnglish = 20;

    /// <summary>What is wrong with a pair of files, at the field of the file; null when nothing is.</summary>
    public static Refusal? Defect(string chinese, string english, double seconds)
    {
        var (zh, en) = (Captions.Read(chinese), Captions.Read(english));
        return Defect("captionsZh", chinese, zh, FastestChinese, seconds)
            ?? Defect("captionsEn", english, en, FastestEnglish, seconds)
            ?? (
                zh.Select(c => (c.From, c.To)).SequenceEqual(en.Select(c => (c.From, c.To)))
                    ? null
                    : new Refusal(RefusalCode.CaptionsDiffer, "captionsEn")
            );
    }

    private static Refusal? Defect(
        string field,
        string file,
        IReadOnlyList<Caption> captions,
        int fastest,
        double seconds
    )
    {
        if (
            captions.Count == 0
            || !Captions.AreAllOf(captions, file)
            || !file.TrimStart('\uFEFF').StartsWith("WEBVTT", StringComparison.Ordinal)
        )
        {
            return new Refusal(RefusalCode.CaptionsUnreadable, field);
        }
        var end = TimeSpan.Zero;
        for (var i = 0; i < captions.Count; i++)
        {
            var caption = captions[i];
            if (caption.Text.Length == 0 || caption.Text.AsSpan().ContainsAny("<>&"))
            {
                return new Refusal(RefusalCode.CaptionsNotPlain, field, i + 1);
            }
            if (caption.From < end || caption.To <= caption.From || caption.To.TotalSeconds > seconds)
            {
                return new Refusal(RefusalCode.CaptionsTimes, field, i + 1);
            }
            if (caption.Text.Length > fastest * (caption.To - caption.From).TotalSeconds)
            {
                return new Refusal(RefusalCode.CaptionsTooFast, field, i + 1);
            }
            end = caption.To;
        }
        return null;
    }
}
