using System.Globalization;
using AdminPortal.Domain.Drivers;

namespace AdminPortal.Tests.Support;

/// <summary>A person who does not exist: the division code 990000 belongs to no place.</summary>
/// <param name="Face">The drawn person (A to F) on the reference photo.</param>
public sealed record TestPerson(string Name, string IdNumber, string Mobile, char Face);

public static class TestPeople
{
    /// <summary>The same person for the same number, another one for another number up to 14,000.</summary>
    public static TestPerson Number(int number)
    {
        var born = new DateOnly(1960, 1, 1).AddDays(number);
        var first17 = string.Create(CultureInfo.InvariantCulture, $"990000{born:yyyyMMdd}001");
        return new TestPerson(
            string.Create(CultureInfo.InvariantCulture, $"测试{number}"),
            first17 + ResidentId.CheckCharacter(first17),
            string.Create(CultureInfo.InvariantCulture, $"199{number:D8}"),
            "ABCDEF"[number % 6]
        );
    }

    public static ResidentId Id(this TestPerson person) =>
        ResidentId.TryParse(person.IdNumber, out var id) ? id : throw new InvalidOperationException("Not a number.");
}
