using System.Diagnostics;
using System.Text;

namespace Engine.Shell.Tests.Fixtures;

/// <summary>Engine.Shell on a pseudo-terminal, which util-linux' script gives it.</summary>
internal sealed class ShellTerminal : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TemporaryDirectory _home = new();
    private readonly StringBuilder _seen = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Task _reader;
    private int _looked;

    public ShellTerminal(params string[] arguments)
    {
        var command = string.Join(
            ' ', new[] { ShellProgram.Path, "-NoProfile", "-NoLogo" }.Concat(arguments).Select(a => $"'{a}'"));
        // A terminal of no size would do; a wide one keeps each line in its row.
        var start = new ProcessStartInfo(
            "/usr/bin/script",
                ["--quiet", "--return", "--command", $"stty cols 200 rows 50; exec {command}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = _home.Path,
        };
        start.Environment["TERM"] = "xterm";
        start.Environment["HOME"] = _home.Path;
        start.Environment["XDG_STATE_HOME"] = _home.Path;
        start.Environment["ENGINE_MODULE"] = "/nonexistent";
        start.Environment.Remove("NO_COLOR");
        _process = Process.Start(start)!;
        _reader = ReadAsync();
    }

    /// <summary>Where its history is.</summary>
    public string Home => _home.Path;

    /// <summary>All that was written so far.</summary>
    public string Screen
    {
        get
        {
            lock (_seen)
            {
                return _seen.ToString();
            }
        }
    }

    /// <summary>Presses keys.</summary>
    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>
    /// Waits until the text shows up behind what was waited for last; fails the test when it does not.
    /// </summary>
    public async Task SeeAsync(string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(ShellProgram.Limit);
        while (true)
        {
            lock (_seen)
            {
                var all = _seen.ToString();
                var at = all.IndexOf(text, _looked, StringComparison.Ordinal);
                if (at >= 0)
                {
                    _looked = at + text.Length;
                    return;
                }
            }

            try
            {
                await _news.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail(
                    $"'{text}' did not show up. On the screen: {_seen.ToString().Replace("\e", "<esc>", StringComparison.Ordinal)}");
            }
        }
    }

    /// <summary>
    /// Waits until the shell reads keys without echo, as it does while it waits for an answer: what is typed before is the
    /// terminal's, and shows.
    /// </summary>
    public async Task ReadsHiddenAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(ShellProgram.Limit);
        var children = await File.ReadAllTextAsync($"/proc/{_process.Id}/task/{_process.Id}/children", limit.Token);
        var terminal = new FileInfo($"/proc/{children.Split(' ')[0]}/fd/0").LinkTarget!;
        while (true)
        {
            using var stty = Process.Start(
                new ProcessStartInfo("/usr/bin/stty", ["-F", terminal, "-a"]) { RedirectStandardOutput = true })!;
            if ((await stty.StandardOutput.ReadToEndAsync(limit.Token)).Contains(" -echo ", StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    /// <summary>Waits for the shell's end.</summary>
    public async Task<int> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(ShellProgram.Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reader;
        _process.Dispose();
        _news.Dispose();
        _home.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        int read;
        while ((read = await _process.StandardOutput.ReadAsync(buffer)) > 0)
        {
            lock (_seen)
            {
                _seen.Append(buffer, 0, read);
            }

            _news.Release();
        }
    }
}
