using System.Runtime.InteropServices;

namespace Engine.Shell.Execution;

/// <summary>
/// SIGINT and SIGTERM stop the pipeline that runs, not the process: its <c>finally</c> blocks must have their turn.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    // signal(7): the same numbers on every architecture.
    private const int Sigint = 2;
    private const int Sigterm = 15;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly PipelineRunner _runner;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly Timer _timer;
    private ForegroundChildren? _children;

    public Interrupts(PipelineRunner runner)
    {
        _runner = runner;
        _timer = new Timer(_ => SignalChildren(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            Stop(Sigint, fromTerminal: !Console.IsInputRedirected);
        });
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            // With nothing to stop the default holds: the process ends.
            context.Cancel = Stop(Sigterm, fromTerminal: false);
            Terminated |= context.Cancel;
        });
    }

    /// <summary>SIGTERM has asked the process to end.</summary>
    public bool Terminated { get; private set; }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _timer.Dispose();
    }

    private bool Stop(int signal, bool fromTerminal)
    {
        if (!_runner.Stop())
        {
            return false;
        }

        if (OperatingSystem.IsLinux())
        {
            _children = new ForegroundChildren(signal, fromTerminal);
            _timer.Change(s_interval, s_interval);
        }

        return true;
    }

    private void SignalChildren()
    {
        if (_runner.IsStopping)
        {
            _children?.Signal();
        }
        else
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
