namespace AdminPortal.Domain.Drivers;

/// <summary>The letters of a licence's status; a licence may hold several at once.</summary>
public static class LicenceStatus
{
    /// <summary>Every letter the exchange may deliver, with its Chinese term.</summary>
    public static readonly IReadOnlyDictionary<char, string> Letters = new Dictionary<char, string>
    {
        ['A'] = "正常",
        ['B'] = "超分",
        ['C'] = "转出",
        ['D'] = "暂扣",
        ['E'] = "撤销",
        ['F'] = "吊销",
        ['G'] = "注销",
        ['H'] = "违法未处理",
        ['I'] = "事故未处理",
        ['J'] = "停止使用",
        ['K'] = "扣押",
        ['L'] = "锁定",
        ['M'] = "逾期未换证",
        ['N'] = "延期换证",
        ['P'] = "延期体检",
        ['R'] = "注销可恢复",
        ['S'] = "逾期未审验",
        ['T'] = "延期审验",
        ['U'] = "扣留",
    };

    /// <summary>逾期未审验, 扣留, 暂扣 and 违法未处理 bar a reduction (S1-18).</summary>
    public const string Barring = "SUDH";

    /// <summary>逾期未审验, 扣留 and 暂扣 bar a reduction under the national rules (N-26); unhandled violations are N-25.</summary>
    public const string BarringNational = "SUD";

    public static bool IsValid(string? status) =>
        status is { Length: > 0 } && status.All(Letters.ContainsKey) && status.Distinct().Count() == status.Length;
}

/// <summary>The classes of motor-vehicle licences.</summary>
public static class LicenceClass
{
    public static readonly IReadOnlyList<string> All =
    [
        "A1",
        "A2",
        "A3",
        "B1",
        "B2",
        "C1",
        "C2",
        "C3",
        "C4",
        "C5",
        "C6",
        "D",
        "E",
        "F",
        "M",
        "N",
        "P",
    ];

    /// <summary>True when the text is one or more classes written together, such as C1D.</summary>
    public static bool IsValid(string? classes)
    {
        var rest = classes.AsSpan();
        while (!rest.IsEmpty)
        {
            var length = rest.Length > 1 && char.IsAsciiDigit(rest[1]) ? 2 : 1;
            if (!All.Contains(rest[..length].ToString()))
            {
                return false;
            }
            rest = rest[length..];
        }
        return classes is { Length: > 0 };
    }
}

/// <summary>Codes of issuing authorities (渝A) and plates (渝A12345, 渝AD12345).</summary>
public static class PlateFormat
{
    private const string Provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

    public static bool IsAuthority(string? code) =>
        code is { Length: 2 } && Provinces.Contains(code[0]) && char.IsAsciiLetterUpper(code[1]);

    /// <summary>Province character, letter, then five characters, six for new-energy vehicles.</summary>
    public static bool IsPlate(string? plate) =>
        plate is { Length: 7 or 8 }
        && IsAuthority(plate[..2])
        && plate
            .AsSpan(2)
            .ToString()
            .All(c => char.IsAsciiDigit(c) || (char.IsAsciiLetterUpper(c) && c is not ('I' or 'O')));
}

/// <summary>A points cycle: twelve months from the date of first licence (N-03).</summary>
/// <param name="Start">First civil date of the cycle.</param>
/// <param name="ResetOn">The reset date (清分日期): first civil date of the next cycle.</param>
public sealed record PointsCycle(DateOnly Start, DateOnly ResetOn)
{
    private readonly DateOnly _firstLicensedOn = Start;

    /// <summary>The cycle that a civil date falls in.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The date is before the first licence.</exception>
    public static PointsCycle At(DateOnly firstLicensedOn, DateOnly on)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(on, firstLicensedOn);
        // Years are always added to the first date: 29 February stays the anniversary in leap years.
        var years = on.Year - firstLicensedOn.Year;
        if (firstLicensedOn.AddYears(years) > on)
        {
            years--;
        }
        return Number(firstLicensedOn, years);
    }

    /// <summary>The cycle <paramref name="back"/> cycles before this one; may begin before the first licence.</summary>
    public PointsCycle Earlier(int back) => Number(_firstLicensedOn, Start.Year - _firstLicensedOn.Year - back);

    /// <summary>The cycle <paramref name="forward"/> cycles after this one.</summary>
    public PointsCycle Later(int forward) => Earlier(-forward);

    /// <summary>Two cycles are the same when their dates are, however they were found.</summary>
    public bool Equals(PointsCycle? other) => other is not null && Start == other.Start && ResetOn == other.ResetOn;

    public override int GetHashCode() => HashCode.Combine(Start, ResetOn);

    public bool Contains(DateOnly day) => Start <= day && day < ResetOn;

    public int DaysLeft(DateOnly on) => ResetOn.DayNumber - on.DayNumber;

    private static PointsCycle Number(DateOnly firstLicensedOn, int years) =>
        new(firstLicensedOn.AddYears(years), firstLicensedOn.AddYears(years + 1)) { FirstLicensedOn = firstLicensedOn };

    private DateOnly FirstLicensedOn
    {
        init => _firstLicensedOn = value;
    }
}
