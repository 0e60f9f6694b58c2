using System.Collections.Concurrent;
using Engine.Client;

namespace Engine.Commands;

/// <summary>The clients of this process, one for each connection: connecting costs more than a call does.</summary>
internal static class EngineClients
{
    private static readonly ConcurrentDictionary<EngineConnection, Lazy<EngineClient>> s_clients = new();

    /// <summary>The client of a connection.</summary>
    /// <exception cref="EngineException">InvalidEngineUri.</exception>
    public static EngineClient Of(EngineConnection connection) =>
        s_clients.GetOrAdd(connection, c => new Lazy<EngineClient>(() => new EngineClient(c))).Value;

    /// <summary>Closes the connection, if there is one; the next call makes it again.</summary>
    public static void Close(EngineConnection connection)
    {
        if (s_clients.TryRemove(connection, out Lazy<EngineClient>? client) && client.IsValueCreated)
        {
            client.Value.Dispose();
        }
    }
}
