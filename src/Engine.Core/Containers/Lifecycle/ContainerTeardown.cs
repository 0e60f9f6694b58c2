using Engine.Core.Containers.Records;
using Engine.Linux.Files;
using Engine.Linux.Mounts;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>
/// Takes down what a run has made: the runtime's state, the cgroup, mounts, the files of its process ids. Every step is
/// tried, each may find its work done already, and none leaves the next one out.
/// </summary>
internal sealed partial class ContainerTeardown(
    EngineDirectories directories,
    Runtimes runtimes,
    ContainerCgroups cgroups,
    ILogger<ContainerTeardown> logger)
{
    /// <summary>Takes everything down.</summary>
    /// <returns>False when something is still there, which the log names: a later attempt is needed.</returns>
    public async Task<bool> RunAsync(ContainerRecord record)
    {
        var isClean = true;
        try
        {
            var runtime = await runtimes.GetAsync(record.Runtime).ConfigureAwait(false);
            await runtime.Program.DeleteAsync(record.Id, force: true).ConfigureAwait(false);
        }
        catch (EngineException error)
        {
            LogStepFailed(error, "delete the runtime's state");
            isClean = false;
        }

        isClean &= await TryAsync("remove the cgroup", () => cgroups.RemoveAsync(record)).ConfigureAwait(false);
        isClean &= await TryAsync("unmount the root file system", () => MountPoint.Unmount(ContainerPaths.RootFileSystem(directories, record.Id), detach: true)).ConfigureAwait(false);
        isClean &= await TryAsync("unmount the shared memory", () => MountPoint.Unmount(ContainerPaths.SharedMemory(directories, record.Id), detach: true)).ConfigureAwait(false);
        isClean &= await TryAsync("delete the exit file", () => File.Delete(ContainerPaths.Monitor(directories, record.Id).ExitFile)).ConfigureAwait(false);
        isClean &= await TryAsync("delete what the monitor left", () => DeleteTree(directories.Monitors, record.Id)).ConfigureAwait(false);
        return isClean;
    }

    /// <summary>Deletes a container's directory. Nothing is mounted below it any more.</summary>
    public void DeleteBundle(string id) => DeleteTree(directories.Containers, id);

    /// <summary>Deletes a file, or a directory and all below it; nothing when it is not there.</summary>
    public static void DeleteTree(string parent, string name)
    {
        // Not Directory.Delete: what a container made is hostile (deep trees, links, names that are no text), and a
        // mount that is still there must not be emptied.
        using var directory = RootedDirectory.Open(parent);
        directory.RemoveTree(System.Text.Encoding.UTF8.GetBytes(name));
    }

    private Task<bool> TryAsync(string step, Action deed) => TryAsync(step, () =>
    {
        deed();
        return Task.CompletedTask;
    });

    private async Task<bool> TryAsync(string step, Func<Task> deed)
    {
        try
        {
            await deed().ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is IOException or EngineException or UnauthorizedAccessException)
        {
            LogStepFailed(error, step);
            return false;
        }
    }

    [LoggerMessage(EventId = 1080, Level = LogLevel.Warning, Message = "Could not {Step}")]
    private partial void LogStepFailed(Exception error, string step);
}
