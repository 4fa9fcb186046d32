using AdminPortal.Domain.Time;
using AdminPortal.Web.Resources;
using AdminPortal.Web.Shared;
using Microsoft.Extensions.Localization;

namespace AdminPortal.Web.Driver.Parts;

/// <summary>Deadlines inside a sentence.</summary>
internal static class DeadlineTexts
{
    /// <summary>The last moment; a provisional day is marked 暂定, since nothing may be decided by it.</summary>
    public static string Moment(this IStringLocalizer<DriverTexts> texts, Words words, Deadline deadline) =>
        deadline.ExpiresAt is { } end
            ? words.LastMoment(end)
            : texts["Deadline_Provisional", words.Day(deadline.ProvisionalDay!.Value)];

    /// <summary>Whole minutes of a number of seconds, rounded down: a minute counts when it is full.</summary>
    public static int Minutes(int seconds) => seconds / 60;

    /// <summary>Minutes and seconds, such as 12:05.</summary>
    public static string Clock(int seconds) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
}
