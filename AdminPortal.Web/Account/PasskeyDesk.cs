using System.Security.Cryptography;
using System.Text.Json;
using AdminPortal.Data.Accounts;
using AdminPortal.Domain.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AdminPortal.Web.Account;

/// <summary>A question to an authenticator: what the browser is given, and what its answer is checked against.</summary>
/// <param name="Id">Spent with the answer, well or not.</param>
/// <param name="State">The framework's own, with the challenge in it.</param>
public sealed record PasskeyQuestion(Guid Id, string State, DateTimeOffset AskedAt);

/// <summary>
/// Asks authenticators and checks what they answer, by the framework's own code (WebAuthn) with the settings it leaves open closed
/// (D9, D10): the owner is always verified, credentials are found by the authenticator alone, the site is a setting and never what
/// a request says. What follows from an answer is an act's to decide.
/// </summary>
public sealed class PasskeyDesk(
    PasskeyPages pages,
    IConfiguration configuration,
    IHostEnvironment environment,
    IDataProtectionProvider protection,
    TimeProvider clock,
    IServiceProvider services,
    ILogger<UserManager<StaffUser>> logger
)
{
    /// <summary>How long a circuit waits for the browser: longer than the browser itself for its owner, so that it is the one that gives up.</summary>
    public static readonly TimeSpan Patience = Passkeys.ChallengeLifetime + TimeSpan.FromMinutes(1);

    /// <summary>The longest answer that is read; honest ones have less than a tenth of it.</summary>
    private const int MostCharacters = 20_000;

    private readonly IDataProtector _seal = protection.CreateProtector("AdminPortal.PasskeyQuestions.1");

    /// <summary>The host the passkeys belong to (Portal:PasskeyDomain), or null: then there are none.</summary>
    public string? Domain { get; } =
        configuration["Portal:PasskeyDomain"] is { Length: > 0 } set ? set
        : environment.IsDevelopment() ? "localhost"
        : null;

    /// <summary>A question to whoever is there, or to one person.</summary>
    /// <param name="staff">Null at the sign-in: nobody is named, so nothing is told about anybody (D10).</param>
    /// <returns>The question, and the options for the browser in JSON.</returns>
    public async Task<(PasskeyQuestion Question, string Options)> AskAsync(Guid? staff)
    {
        using var people = People();
        var asked = await Handler(people)
            .MakeRequestOptionsAsync(staff is { } id ? new StaffUser { Id = id } : null, new DefaultHttpContext());
        return (NewQuestion(asked.AssertionState), asked.RequestOptionsJson);
    }

    /// <summary>What an answer proves; null when it is not in order, for whatever reason, or comes too late.</summary>
    public async Task<PasskeyProof?> CheckAsync(PasskeyQuestion question, string? credential)
    {
        if (!IsOpen(question, credential))
        {
            return null;
        }
        using var people = People();
        var checkedAnswer = await Handler(people)
            .PerformAssertionAsync(
                new PasskeyAssertionContext
                {
                    HttpContext = new DefaultHttpContext(),
                    CredentialJson = credential!,
                    AssertionState = question.State,
                }
            );
        return checkedAnswer is { Succeeded: true, Passkey: { IsUserVerified: true } passkey, User: { } staff }
            ? new PasskeyProof(staff.Id, passkey.CredentialId, passkey.SignCount, passkey.IsBackedUp)
            : null;
    }

    /// <summary>Asks for a new passkey of one person. Authenticators that hold one of theirs already say so themselves.</summary>
    public async Task<(PasskeyQuestion Question, string Options)> AskForNewAsync(StaffProfile person)
    {
        using var people = People();
        var asked = await Handler(people)
            .MakeCreationOptionsAsync(
                new PasskeyUserEntity
                {
                    Id = person.Actor.Id.ToString("N"),
                    Name = person.Actor.Name,
                    DisplayName = person.DisplayName,
                },
                new DefaultHttpContext()
            );
        return (NewQuestion(asked.AttestationState), asked.CreationOptionsJson);
    }

    /// <summary>What an authenticator made; null when its answer is not in order or comes too late.</summary>
    public async Task<NewPasskey?> CheckNewAsync(PasskeyQuestion question, string? credential)
    {
        if (!IsOpen(question, credential))
        {
            return null;
        }
        using var people = People();
        var made = await Handler(people)
            .PerformAttestationAsync(
                new PasskeyAttestationContext
                {
                    HttpContext = new DefaultHttpContext(),
                    CredentialJson = credential!,
                    AttestationState = question.State,
                }
            );
        return
            made is { Succeeded: true, Passkey: { IsUserVerified: true } passkey, UserEntity: { } owner }
            && Guid.TryParseExact(owner.Id, "N", out var id)
            ? new NewPasskey(
                id,
                passkey.CredentialId,
                passkey.PublicKey,
                passkey.SignCount,
                passkey.Transports ?? [],
                passkey.IsBackupEligible,
                passkey.IsBackedUp
            )
            : null;
    }

    /// <summary>A question that leaves the server, for those who have no circuit.</summary>
    public string Seal(PasskeyQuestion question) => _seal.Protect(JsonSerializer.Serialize(question));

    /// <summary>Null when it is not one of ours.</summary>
    public PasskeyQuestion? Open(string? sealedQuestion)
    {
        try
        {
            return sealedQuestion is { Length: > 0 and <= MostCharacters }
                ? JsonSerializer.Deserialize<PasskeyQuestion>(_seal.Unprotect(sealedQuestion))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private PasskeyQuestion NewQuestion(string? state) =>
        new(
            Guid.NewGuid(),
            state ?? throw new InvalidOperationException("The framework keeps no state."),
            clock.GetUtcNow()
        );

    private bool IsOpen(PasskeyQuestion question, string? credential) =>
        credential is { Length: > 0 and <= MostCharacters }
        && clock.GetUtcNow() is var now
        && question.AskedAt <= now
        && now < question.AskedAt + Passkeys.ChallengeLifetime;

    private PasskeyHandler<StaffUser> Handler(UserManager<StaffUser> people)
    {
        var domain = Domain ?? throw new InvalidOperationException("Portal:PasskeyDomain is not set.");
        return new PasskeyHandler<StaffUser>(
            people,
            Options.Create(
                new IdentityPasskeyOptions
                {
                    ServerDomain = domain,
                    UserVerificationRequirement = "required",
                    ResidentKeyRequirement = "required",
                    AttestationConveyancePreference = "none",
                    AuthenticatorTimeout = Passkeys.ChallengeLifetime,
                    ValidateOrigin = origin =>
                        ValueTask.FromResult(!origin.CrossOrigin && IsOwn(origin.Origin, domain)),
                }
            )
        );
    }

    // The very host over TLS; only this computer itself may do without.
    private static bool IsOwn(string origin, string domain) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Host, domain, StringComparison.OrdinalIgnoreCase)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && domain == "localhost"));

    // The framework's handler wants its own kind of store; this product has no other use for it.
    private UserManager<StaffUser> People() =>
        new(
            new PasskeyStore(pages),
            Options.Create(new IdentityOptions()),
            PasswordRules.Hasher,
            [],
            [],
            new UpperInvariantLookupNormalizer(),
            new IdentityErrorDescriber(),
            services,
            logger
        );
}
