using System.Text.Json;
using Engine.Core.State;
using Microsoft.Data.Sqlite;

namespace Engine.Core.Containers.Records;

/// <summary>The table of containers: each call is one transaction.</summary>
internal sealed class ContainerTable(EngineDatabase database)
{
    /// <summary>Reads every record. A row that cannot be read is handed to <paramref name="damaged"/>, and left alone.</summary>
    public IReadOnlyList<ContainerRecord> ReadAll(Action<string, Exception> damaged) => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, document FROM containers";
        using var reader = command.ExecuteReader();
        var records = new List<ContainerRecord>();
        while (reader.Read())
        {
            try
            {
                records.Add(ContainerRecordJson.Read(reader.GetString(1)));
            }
            catch (JsonException error)
            {
                damaged(reader.GetString(0), error);
            }
        }

        return records;
    });

    /// <summary>The ids of all rows, those that cannot be read included.</summary>
    public IReadOnlySet<string> ReadIds() => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM containers";
        using var reader = command.ExecuteReader();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    });

    public void Insert(ContainerRecord record) => Run(
        database.Write, "INSERT INTO containers (id, name, image_id, document) VALUES ($id, $name, $image, $document)", record);

    /// <summary>Changes a row; on a full disk too, unless <paramref name="needsRoom"/> says that it would be no use.</summary>
    public void Update(ContainerRecord record, bool needsRoom = false) => Run(
        needsRoom ? database.Write : database.WriteInReserve,
        "UPDATE containers SET name = $name, image_id = $image, document = $document WHERE id = $id", record);

    public void Delete(string id) => database.WriteInReserve(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM containers WHERE id = $id";
        command.Parameters.AddWithValue("$id", id);
        command.ExecuteNonQuery();
    });

    private static void Run(Action<Action<SqliteConnection>> write, string sql, ContainerRecord record)
    {
        var document = ContainerRecordJson.Write(record);
        write(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.AddWithValue("$id", record.Id);
            command.Parameters.AddWithValue("$name", record.Name);
            command.Parameters.AddWithValue("$image", record.ImageId);
            command.Parameters.AddWithValue("$document", document);
            if (command.ExecuteNonQuery() != 1)
            {
                throw new InvalidOperationException($"Container {record.Id} has no row.");
            }
        });
    }
}
