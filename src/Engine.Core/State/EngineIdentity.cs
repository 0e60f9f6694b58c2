using System.Security.Cryptography;

namespace Engine.Core.State;

/// <summary>The engine's own id: made with its data root, and kept there.</summary>
public sealed class EngineIdentity(EngineDatabase database)
{
    private readonly Lazy<string> _id = new(() => database.Write(connection =>
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO engine (key, value) VALUES ('id', $id) ON CONFLICT DO NOTHING";
        insert.Parameters.AddWithValue("$id", RandomNumberGenerator.GetHexString(32, lowercase: true));
        insert.ExecuteNonQuery();
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT value FROM engine WHERE key = 'id'";
        return (string)query.ExecuteScalar()!;
    }));

    /// <summary>32 hexadecimal digits.</summary>
    public string Id => _id.Value;
}
