using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AdminPortal.Data.Files;

/// <summary>Writes files so that they are there after a power cut, whole or not at all, readable by their owner only.</summary>
public static class DurableFile
{
    /// <summary>Read and write for the owner, nothing for others.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, and those above it, that only the owner may enter.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnlyFolder);
        }
    }

    /// <summary>Options for a file whose owner alone may read it.</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
        };
        if (!OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate))
        {
            options.UnixCreateMode = OwnerOnly;
        }
        return options;
    }

    /// <summary>Writes a file beside its place, brings it to the disk, then renames it: no reader ever sees half of it.</summary>
    /// <param name="path">The final place; its folder must exist.</param>
    /// <param name="content">All of the file.</param>
    /// <param name="overwrite">False: an existing file is an <see cref="IOException"/> and stays.</param>
    /// <param name="ct">Cancels before the rename.</param>
    public static async Task WriteAsync(
        string path,
        ReadOnlyMemory<byte> content,
        bool overwrite = false,
        CancellationToken ct = default
    )
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var options = Options(FileMode.CreateNew, FileAccess.Write, FileShare.None);
            options.Options = FileOptions.Asynchronous;
            await using (var file = new FileStream(temporary, options))
            {
                await file.WriteAsync(content, ct);
                file.Flush(flushToDisk: true);
            }
            ct.ThrowIfCancellationRequested();
            File.Move(temporary, path, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Brings a folder's entries to the disk: a rename or a deletion is durable only after this (POSIX).</summary>
    public static void FlushFolder(string folder)
    {
        // .NET opens no folder as a file, and Windows needs no such flush.
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var handle = Open(folder, 0);
        if (handle < 0)
        {
            throw new IOException($"Cannot open the folder {folder}: {new Win32Exception().Message}");
        }
        try
        {
            // Some network file systems cannot flush a folder (EINVAL); there is nothing better to do then.
            _ = FileSync(handle);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FileSync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int handle);
}
