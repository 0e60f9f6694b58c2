using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Engine.Commands;

/// <summary>
/// The connections of one runspace. Each runspace has its own: what one script connects to must not change the engine
/// that another one, in the same process, is working on.
/// </summary>
internal sealed class EngineSession
{
    /// <summary>The variable that names the engine for a session that has not connected to one.</summary>
    public const string HostVariable = "ENGINE_HOST";

    private static readonly ConditionalWeakTable<Runspace, EngineSession> s_sessions = [];

    private readonly ConcurrentDictionary<string, EngineConnection> _named = new(StringComparer.OrdinalIgnoreCase);
    private EngineConnection? _connected;

    /// <summary>The session of the runspace that this thread works for.</summary>
    public static EngineSession Current => s_sessions.GetValue(Runspace.DefaultRunspace, _ => new EngineSession());

    /// <summary>The engine that cmdlets talk to when they are not told otherwise.</summary>
    /// <exception cref="EngineException">InvalidEngineUri: ENGINE_HOST is not an address.</exception>
    public EngineConnection Connection => _connected ?? new EngineConnection(DefaultUri);

    /// <summary>The connections that were given a name, and the current one.</summary>
    public IEnumerable<EngineConnection> Connections =>
        _connected is null || _named.Values.Contains(_connected) ? _named.Values : _named.Values.Append(_connected);

    /// <summary>The address of the engine of a session that has not connected to one.</summary>
    public static Uri DefaultUri =>
        Environment.GetEnvironmentVariable(HostVariable) is { Length: > 0 } host
            ? EngineAddress.Parse(host)
            : EngineConnection.DefaultUri;

    /// <summary>Makes an engine the one that cmdlets talk to.</summary>
    public void Connect(EngineConnection connection)
    {
        _connected = connection;
        if (connection.Name is { } name)
        {
            _named[name] = connection;
        }
    }

    /// <summary>Forgets a connection.</summary>
    /// <returns>False when the session has no such connection.</returns>
    public bool Disconnect(EngineConnection connection)
    {
        bool known = false;
        foreach ((string name, EngineConnection named) in _named)
        {
            known |= named.Uri == connection.Uri && _named.TryRemove(name, out _);
        }

        if (_connected?.Uri == connection.Uri)
        {
            _connected = null;
            return true;
        }

        return known;
    }

    /// <summary>The connection with a name, or one to an address.</summary>
    /// <exception cref="EngineException">EngineConnectionNotFound, InvalidEngineUri.</exception>
    public EngineConnection Find(string nameOrUri)
    {
        if (_named.TryGetValue(nameOrUri, out EngineConnection? named))
        {
            return named;
        }

        if (!nameOrUri.Contains('/', StringComparison.Ordinal))
        {
            throw new EngineException(
                EngineErrorCode.NotFound,
                EngineErrorReason.EngineConnectionNotFound,
                $"This session has no connection '{nameOrUri}'. Make it with Connect-Engine -Name, or give an address "
                    + "such as unix:///run/engine/engine.sock.",
                nameOrUri);
        }

        Uri uri = EngineAddress.Parse(nameOrUri);
        return Connections.FirstOrDefault(c => c.Uri == uri) ?? new EngineConnection(uri);
    }
}
