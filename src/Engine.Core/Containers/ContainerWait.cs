using Engine.Core.Containers.Records;

namespace Engine.Core.Containers;

/// <summary>A wait for a container that is in place: what happens from its making on is not missed.</summary>
public sealed class ContainerWait
{
    private readonly ContainerWaitCondition _condition;

    // Continuations leave the thread that changes the container: it holds the container's lock.
    private readonly TaskCompletionSource<ContainerExit> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasExited;

    internal ContainerWait(ContainerWaitCondition condition) => _condition = condition;

    /// <summary>The end of the wait.</summary>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ContainerNotFound"/> when the container was removed and what is waited for can no
    /// longer happen.
    /// </exception>
    public Task<ContainerExit> Completion(CancellationToken cancellationToken) => _completion.Task.WaitAsync(cancellationToken);

    /// <summary>Looks at the container as it is; true when the wait is over at once.</summary>
    internal bool Begin(ContainerRecord record, bool removed)
    {
        if (removed)
        {
            return ObserveRemoval(record);
        }

        var met = _condition switch
        {
            ContainerWaitCondition.NotRunning => !record.IsActive && record.State != ContainerState.Restarting,
            ContainerWaitCondition.Running => record.IsActive,
            _ => false,
        };
        return met && Complete(record);
    }

    /// <summary>Sees a change; true when the wait is over.</summary>
    internal bool Observe(ContainerRecord before, ContainerRecord after)
    {
        var exited = before.IsActive && !after.IsActive;
        _hasExited |= exited;
        var met = _condition switch
        {
            ContainerWaitCondition.NotRunning => !after.IsActive && after.State != ContainerState.Restarting,
            ContainerWaitCondition.NextExit => exited,
            ContainerWaitCondition.Running => after.IsActive,
            _ => false,
        };
        return met && Complete(after);
    }

    internal bool ObserveRemoval(ContainerRecord record)
    {
        if (_condition is ContainerWaitCondition.Removed or ContainerWaitCondition.NotRunning || _hasExited)
        {
            return Complete(record);
        }

        _completion.TrySetException(ContainerErrors.NotFound(record.Name));
        return true;
    }

    private bool Complete(ContainerRecord record)
    {
        _completion.TrySetResult(new ContainerExit
        {
            ContainerId = record.Id,
            ContainerName = record.Name,
            ExitCode = record.ExitCode ?? 0,
            Error = record.Error,
        });
        return true;
    }
}
