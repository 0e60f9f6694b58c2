using Engine.Daemon.Configuration;
using Engine.Linux.Files;

namespace Engine.Daemon.Hosting;

/// <summary>The life of the process, from its arguments to its exit code.</summary>
internal static partial class EngineProcess
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int Misuse = 2;

    // The usual mask of a daemon, whoever started the engine with which: monitors and runtimes inherit it, and what they
    // make in a container's root must have the modes that it has under any other engine. What is the engine's alone lies
    // in directories that are closed, or gets its mode explicitly.
    private const UnixFileMode Withheld = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Runs the engine until it is told to end.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    /// <returns>0; 1 when it could not start or failed; 2 when the command line cannot be understood.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var commandLine = new CommandLine(arguments);
        if (commandLine.Errors.ToList() is { Count: > 0 } errors)
        {
            return Complain(errors, Misuse);
        }

        if (commandLine.IsQuestion)
        {
            return commandLine.Answer();
        }

        var configuration = EngineConfigurationReader.Read(commandLine, out var faults);
        if (faults.Count > 0)
        {
            return Complain(faults.Select(fault => fault.ToString()), Failure);
        }

        if (commandLine.Validate)
        {
            Console.Out.WriteLine("The configuration is valid.");
            return Success;
        }

        try
        {
            await RunAsync(configuration);
            return Success;
        }
        catch (EngineException error)
        {
            return Complain([$"{error.Message} ({error.Reason})"], Failure);
        }
        catch (Exception defect)
        {
            return Complain([$"the engine failed: {defect}"], Failure);
        }
    }

    private static async Task RunAsync(EngineConfiguration configuration)
    {
        FileCreationMask.Set(Withheld);
        await using var app = EngineHost.Build(configuration);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(EngineProcess));
        using var pidFile = configuration.PidFile is { } path ? new PidFile(path) : null;
        Starting(logger, configuration.Engine.Version, configuration.Engine.DataRoot);
        if (!configuration.GroupIsRequired && app.Services.GetRequiredService<SocketAccess>().GroupId is null)
        {
            NoGroup(logger, configuration.Group);
        }

        if (await StartAsync(app))
        {
            Listening(logger, string.Join(", ", configuration.Sockets.Select(socket => $"unix://{socket}")));
            GiveBackStartUpMemory();
            await Stopping(app.Lifetime.ApplicationStopping);
            var drain = app.Services.GetRequiredService<Drain>();
            drain.Begin(configuration.ShutdownTimeout);
            await app.StopAsync(drain.Over);
        }

        Ended(logger);
    }

    // Reading the configuration, compiling the seccomp filter and building the services fill a heap that is not needed
    // again, and that an idle engine would keep for want of a collection. It takes a few milliseconds, after the engine
    // has said that it is ready.
    private static void GiveBackStartUpMemory() =>
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    // A start that fails needs no stop, and a host whose services could not even be made cannot do one: what was opened
    // on the way is closed when the host is disposed of.
    private static async Task<bool> StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync(app.Lifetime.ApplicationStopping);
            return true;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // It was told to end before it had started: there is nothing to serve, and nothing wrong.
            return false;
        }
    }

    private static Task Stopping(CancellationToken token)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(stopping.SetResult);
        return stopping.Task;
    }

    private static int Complain(IEnumerable<string> problems, int exitCode)
    {
        foreach (var problem in problems)
        {
            Console.Error.WriteLine($"engined: {problem}");
        }

        return exitCode;
    }
}
