using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace AdminPortal.Web.Shell;

/// <summary>
/// Addresses of the drivers' styles and scripts that change with their contents, so that a phone fetches each once and asks no
/// more: on a bad network every question costs seconds.
/// </summary>
public sealed class VersionedFiles(IWebHostEnvironment environment)
{
    private readonly ConcurrentDictionary<string, string> _versions = new();

    /// <summary>The address with the file's version.</summary>
    public string this[string path] => $"{path}?v={VersionOf(path)}";

    /// <summary>True when an address names the version that is served: then what comes may be kept for ever.</summary>
    public bool IsCurrent(string path, string version) => version.Length > 0 && VersionOf(path) == version;

    // In Development a file may change while the program runs.
    private string VersionOf(string path) => environment.IsDevelopment() ? Hash(path) : _versions.GetOrAdd(path, Hash);

    private string Hash(string path)
    {
        var file = environment.WebRootFileProvider.GetFileInfo(path);
        if (!file.Exists || file.IsDirectory)
        {
            return "";
        }
        using var stream = file.CreateReadStream();
        return Convert.ToHexStringLower(SHA256.HashData(stream))[..12];
    }
}
