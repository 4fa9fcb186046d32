using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AdminPortal.Data.Calendar;
using AdminPortal.Data.Commands;
using AdminPortal.Domain;
using AdminPortal.Domain.Time;

namespace AdminPortal.Web.Operators;

/// <summary>calendar due, calendar publish.</summary>
internal static class CalendarCommands
{
    public static Command Calendar() => new("calendar", "The working calendar.") { Due(), Publish() };

    private static Command Due()
    {
        var days = new Option<int>("--days")
        {
            Description = "Working days to count; day 1 is the first working day after the date.",
            Required = true,
        };
        days.Validators.Add(result =>
        {
            // By its text: asked for the value of what is no number, the framework throws instead of saying so.
            if (
                result.Tokens is [var token]
                && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var typed)
                && typed is < 1 or > 366
            )
            {
                result.AddError("--days must be 1 to 366.");
            }
        });
        var command = new Command(
            "due",
            "Reads one ISO date per line from standard input; writes date and due date, or \"awaiting\" when a year is not published. "
                + "Uses the calendar that ships with the product and needs no database."
        )
        {
            days,
        };
        command.SetAction((parsed, ct) => DueAsync(parsed.GetValue(days), ct));
        return command;
    }

    private static async Task<int> DueAsync(int days, CancellationToken ct)
    {
        var code = 0;
        for (var line = 1; await Console.In.ReadLineAsync(ct) is { } text; line++)
        {
            if (text.Trim().Length == 0)
            {
                continue;
            }
            if (
                !DateOnly.TryParseExact(
                    text.Trim(),
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var from
                )
            )
            {
                code = await OperatorHost.FailAsync($"line {line}: '{text.Trim()}' is not a date such as 2026-02-13");
                continue;
            }
            var due = WorkingCalendar.Shipped.AddWorkingDays(from, days);
            var shown = due is CountedDate.Known known
                ? known.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : "awaiting";
            Console.WriteLine($"{from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)},{shown}");
        }
        return code;
    }

    private static Command Publish()
    {
        var year = new Argument<int>("year");
        var file = new Argument<FileInfo>("file")
        {
            Description = "JSON: [{\"date\":\"2027-01-01\",\"name\":\"元旦\",\"offDay\":true}, …]",
        };
        var source = new Option<string>("--source") { Description = "The notice it was taken from.", Required = true };
        var command = new Command(
            "publish",
            "Publishes the working days of a year and stamps every due date that waited for it."
        )
        {
            year,
            file,
            source,
        };
        command.SetAction(
            (parsed, ct) =>
                OperatorHost.RunAsync(
                    async (services, token) =>
                    {
                        var path = parsed.GetValue(file)!;
                        if (!path.Exists)
                        {
                            return await OperatorHost.FailAsync($"{path.FullName} does not exist.");
                        }
                        IReadOnlyCollection<CalendarDay> listed;
                        try
                        {
                            await using var stream = path.OpenRead();
                            listed = WorkingCalendar.Parse(stream).Days;
                        }
                        catch (Exception e) when (e is JsonException or ArgumentException)
                        {
                            return await OperatorHost.FailAsync($"{path.Name}: {e.Message}");
                        }
                        var outcome = await services
                            .GetRequiredService<CommandRunner>()
                            .RunAsync(
                                new PublishCalendarYear(parsed.GetValue(year), parsed.GetValue(source)!, [.. listed]),
                                ActorRef.Operator,
                                token
                            );
                        if (outcome is not Outcome<CalendarPublished>.Done { Value: var done })
                        {
                            return await OperatorHost.RefusedAsync(
                                services,
                                ((Outcome<CalendarPublished>.Refused)outcome).Refusal
                            );
                        }
                        Console.WriteLine(
                            $"{done.Year} published: {done.CasesStamped} cases and {done.DeadlinesStamped} deadlines stamped."
                        );
                        return 0;
                    },
                    ct
                )
        );
        return command;
    }
}
