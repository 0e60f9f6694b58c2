using System.Collections.Concurrent;
using Engine.Core.Containers.Records;

namespace Engine.Core.Containers;

/// <summary>
/// Every container, by id and by name. The database is written first, memory after it: what a caller sees is what a
/// restart will find.
/// </summary>
internal sealed class ContainerStore(ContainerTable table)
{
    private readonly ConcurrentDictionary<string, ContainerEntry> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _idByName = new(StringComparer.Ordinal);
    private readonly Lock _names = new();

    public IEnumerable<ContainerEntry> All => _byId.Values;

    /// <summary>Takes over what the database holds, at start.</summary>
    public void Load(IEnumerable<ContainerRecord> records)
    {
        foreach (var record in records)
        {
            _byId[record.Id] = new ContainerEntry(record);
            _idByName[record.Name] = record.Id;
        }
    }

    /// <summary>Finds a container by its whole id, its name, or a prefix of its id: in this order, as Docker does.</summary>
    /// <exception cref="EngineException">None, or several by their prefix.</exception>
    public ContainerEntry Resolve(string reference)
    {
        if (_byId.TryGetValue(reference, out var entry))
        {
            return entry;
        }

        var name = reference.StartsWith('/') ? reference[1..] : reference;
        lock (_names)
        {
            if (_idByName.TryGetValue(name, out var id) && _byId.TryGetValue(id, out entry))
            {
                return entry;
            }
        }

        if (reference.Length == 0)
        {
            throw ContainerErrors.NotFound(reference);
        }

        ContainerEntry? match = null;
        foreach (var candidate in _byId)
        {
            if (candidate.Key.StartsWith(reference, StringComparison.Ordinal))
            {
                match = match is null ? candidate.Value : throw ContainerErrors.Ambiguous(reference);
            }
        }

        return match ?? throw ContainerErrors.NotFound(reference);
    }

    public bool IsIdTaken(string id) => _byId.ContainsKey(id);

    /// <summary>Holds a name for a container that is about to be added, so that two cannot take it at once.</summary>
    /// <returns>False when the name is taken; then <paramref name="owner"/> is who has it.</returns>
    public bool TryReserveName(string name, string id, out string owner)
    {
        lock (_names)
        {
            if (_idByName.TryGetValue(name, out var taken))
            {
                owner = taken;
                return false;
            }

            _idByName[name] = owner = id;
            return true;
        }
    }

    public void ReleaseName(string name, string id)
    {
        lock (_names)
        {
            if (_idByName.TryGetValue(name, out var owner) && owner == id)
            {
                _idByName.Remove(name);
            }
        }
    }

    /// <summary>Adds a container whose name is reserved.</summary>
    public ContainerEntry Add(ContainerRecord record)
    {
        table.Insert(record);
        var entry = new ContainerEntry(record);
        _byId[record.Id] = entry;
        return entry;
    }

    /// <summary>Saves a container's new record. The caller holds the container's lock.</summary>
    /// <param name="entry">The container.</param>
    /// <param name="record">Its new record.</param>
    /// <param name="announce">What the world is told once the record is kept, and before those who wait for it go on.</param>
    public void Save(ContainerEntry entry, ContainerRecord record, Action? announce = null)
    {
        table.Update(record);
        announce?.Invoke();
        entry.Replace(record);
    }

    /// <summary>
    /// Saves the record of a container that is about to be started: not on a full disk, where a run would find no room
    /// either. The caller holds the container's lock.
    /// </summary>
    public void SaveBeforeRun(ContainerEntry entry, ContainerRecord record)
    {
        table.Update(record, needsRoom: true);
        entry.Replace(record);
    }

    /// <summary>Forgets a container whose things are gone. The caller holds the container's lock.</summary>
    public void Remove(ContainerEntry entry)
    {
        table.Delete(entry.Id);
        _byId.TryRemove(entry.Id, out _);
        ReleaseName(entry.Record.Name, entry.Id);
        entry.MarkRemoved();
    }
}
