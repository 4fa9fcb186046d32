using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AdminPortal.Benchmarks.Driver;

/// <summary>A server in a process of its own on a free port of 127.0.0.1; killed when it is disposed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    private ServerProcess(Process process, int port) =>
        (_process, Address) = (process, new Uri($"http://127.0.0.1:{port}"));

    public Uri Address { get; }

    /// <summary>What it has used of the processors so far: less shaken by what else runs on the machine than the time of day.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="program">A built program (dll).</param>
    /// <param name="arguments">Its arguments, given the port.</param>
    /// <param name="environment">Variables to set.</param>
    public static ServerProcess Start(
        string program,
        Func<int, string[]> arguments,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var port = FreePort();
        var server = new ServerProcess(Run(program, arguments(port), environment), port);
        // Read, or it would wait for somebody who does; shown only when it does not come up.
        server._process.OutputDataReceived += (_, e) => server._said.Enqueue(e.Data ?? "");
        server._process.ErrorDataReceived += (_, e) => server._said.Enqueue(e.Data ?? "");
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Runs a program to its end; anything but success is an exception with what it said.</summary>
    public static async Task RunAsync(
        string program,
        string[] arguments,
        IReadOnlyDictionary<string, string> environment
    )
    {
        using var process = Run(program, arguments, environment);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)}: {await output}{await errors}");
        }
    }

    /// <summary>Waits until an address answers.</summary>
    public async Task ReadyAsync(string path)
    {
        using var client = new HttpClient { BaseAddress = Address };
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromMinutes(3); await Task.Delay(200))
        {
            if (_process.HasExited)
            {
                break;
            }
            try
            {
                if ((await client.GetAsync(path)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        throw new InvalidOperationException($"The server does not answer: {string.Join('\n', _said.TakeLast(20))}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private static Process Run(string program, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
