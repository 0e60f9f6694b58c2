using Engine.Core.Containers.Records;

namespace Engine.Core.Containers;

/// <summary>
/// A container in memory: its newest record, the lock that whoever changes it holds, and those who wait for it.
/// </summary>
internal sealed class ContainerEntry(ContainerRecord record) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _waitsGate = new();
    private readonly List<ContainerWait> _waits = [];
    private volatile ContainerRecord _record = record;
    private volatile bool _removed;
    private int _keepers;

    public string Id => _record.Id;

    /// <summary>The newest record. Reading it needs no lock; what depends on it staying so does.</summary>
    public ContainerRecord Record => _record;

    public bool IsRemoved => _removed;

    /// <summary>Waits for the right to change the container; dispose the result to give it back.</summary>
    /// <exception cref="EngineException">The container was removed meanwhile.</exception>
    public async Task<Held> LockAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_removed)
        {
            _gate.Release();
            throw ContainerErrors.NotFound(_record.Name);
        }

        return new Held(_gate);
    }

    /// <summary>Waits for the right to change the container; null when it was removed meanwhile.</summary>
    public async Task<Held?> TryLockAsync()
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        if (_removed)
        {
            _gate.Release();
            return null;
        }

        return new Held(_gate);
    }

    /// <summary>True while somebody needs the container to outlive its exit, whatever AutoRemove says.</summary>
    public bool IsKeptAfterExit => Volatile.Read(ref _keepers) > 0;

    /// <summary>Keeps the container after its exit until the result is disposed: a restart is no removal.</summary>
    public Keep KeepAfterExit()
    {
        Interlocked.Increment(ref _keepers);
        return new Keep(this);
    }

    /// <summary>Puts a wait in place, which may be over at once.</summary>
    public ContainerWait Wait(ContainerWaitCondition condition)
    {
        var wait = new ContainerWait(condition);
        lock (_waitsGate)
        {
            if (!wait.Begin(_record, _removed))
            {
                _waits.Add(wait);
            }
        }

        return wait;
    }

    public void Forget(ContainerWait wait)
    {
        lock (_waitsGate)
        {
            _waits.Remove(wait);
        }
    }

    /// <summary>Makes a record the newest, once the database has it, and tells those who wait.</summary>
    internal void Replace(ContainerRecord record)
    {
        lock (_waitsGate)
        {
            var before = _record;
            _record = record;
            _waits.RemoveAll(wait => wait.Observe(before, record));
        }
    }

    internal void MarkRemoved()
    {
        lock (_waitsGate)
        {
            _removed = true;
            _waits.RemoveAll(wait => wait.ObserveRemoval(_record));
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>Somebody's need for the container to outlive its exit.</summary>
    internal sealed class Keep(ContainerEntry entry) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref entry._keepers);
    }

    /// <summary>The right to change a container.</summary>
    internal sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
