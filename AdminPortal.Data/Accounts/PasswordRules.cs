using AdminPortal.Domain;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AdminPortal.Data.Accounts;

/// <summary>Passwords of staff: long instead of complicated, none that is in everybody's list, none with the badge in it.</summary>
public static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 128;

    /// <summary>Work factor of PBKDF2-HMAC-SHA512; the framework's own 100,000 is below today's advice of 220,000.</summary>
    public const int Iterations = 220_000;

    // Parts that make a long password a common one.
    private static readonly string[] Common =
    [
        "password",
        "passw0rd",
        "12345678",
        "123456789012",
        "1234567890",
        "qwertyuiop",
        "qwerty123",
        "1q2w3e4r",
        "1qaz2wsx",
        "iloveyou",
        "admin123",
        "administrator",
        "letmein",
        "welcome",
        "abc123",
        "11111111",
        "00000000",
        "88888888",
        "66666666",
        "woaini",
        "5201314",
        "jiaojing",
        "chongqing",
    ];

    public static IPasswordHasher<StaffUser> Hasher { get; } =
        new PasswordHasher<StaffUser>(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    /// <summary>What is wrong with a password, or null.</summary>
    public static Refusal? Check(string? password, string badge)
    {
        if (password is not { Length: >= MinLength and <= MaxLength })
        {
            return new Refusal(RefusalCode.PasswordTooShort, "password", MinLength, MaxLength);
        }
        if (password.Contains(badge, StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal(RefusalCode.PasswordContainsBadge, "password");
        }
        var rest = Common.Aggregate(password.ToLowerInvariant(), (text, part) => text.Replace(part, ""));
        return rest.Length < MinLength / 2 || password.Distinct().Count() < 5
            ? new Refusal(RefusalCode.PasswordCommon, "password")
            : null;
    }
}
