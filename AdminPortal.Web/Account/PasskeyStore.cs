using AdminPortal.Data.Accounts;
using Microsoft.AspNetCore.Identity;

namespace AdminPortal.Web.Account;

/// <summary>
/// Passkeys as the framework's handler reads them. It reads and nothing else: what is changed is changed by acts. The count of
/// signatures is shown to it as 0, so that a signature is checked first and the count afterwards, in the transaction of the act,
/// where it is recorded when it went back.
/// </summary>
internal sealed class PasskeyStore(PasskeyPages pages) : IUserPasskeyStore<StaffUser>
{
    // Whether there is such a person shows in whether there is such a passkey.
    public Task<StaffUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(Guid.TryParseExact(userId, "N", out var id) ? new StaffUser { Id = id } : null);

    public Task<string> GetUserIdAsync(StaffUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString("N"));

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(
        StaffUser user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) => await pages.KeyAsync(user.Id, credentialId, cancellationToken) is { } key ? Info(key) : null;

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(StaffUser user, CancellationToken cancellationToken) =>
        [.. (await pages.KeysAsync(user.Id, cancellationToken)).Select(Info)];

    // Whether a new credential is somebody's already is looked up by the act that adds it, and held by an index.
    public Task<StaffUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult<StaffUser?>(null);

    public void Dispose() { }

    public Task AddOrUpdatePasskeyAsync(StaffUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task RemovePasskeyAsync(StaffUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string?> GetUserNameAsync(StaffUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SetUserNameAsync(StaffUser user, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string?> GetNormalizedUserNameAsync(StaffUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(
        StaffUser user,
        string? normalizedName,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<IdentityResult> CreateAsync(StaffUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(StaffUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(StaffUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<StaffUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private static UserPasskeyInfo Info(PasskeyKey key) =>
        new(
            key.CredentialId,
            key.PublicKey,
            key.CreatedAt,
            signCount: 0,
            key.Transports.Length == 0 ? [] : key.Transports.Split(','),
            isUserVerified: true,
            key.IsBackupEligible,
            key.IsBackedUp,
            attestationObject: [],
            clientDataJson: []
        );
}
