using System.Runtime.InteropServices;

namespace Engine.Shell.Execution;

/// <summary>SIGINT stops the pipeline that runs, never the process: its <c>finally</c> blocks must have their turn.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interrupts(PipelineRunner runner)
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            runner.Stop();
        });
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            // With nothing to stop the default holds: the process ends.
            context.Cancel = runner.Stop();
            Terminated |= context.Cancel;
        });
    }

    /// <summary>SIGTERM has asked the process to end.</summary>
    public bool Terminated { get; private set; }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }
}
