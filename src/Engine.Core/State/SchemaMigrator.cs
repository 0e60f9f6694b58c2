using System.Globalization;
using Engine.Core.State.Migrations;
using Microsoft.Data.Sqlite;

namespace Engine.Core.State;

/// <summary>Brings a database from the schema it has, kept in PRAGMA user_version, to the newest one.</summary>
internal static class SchemaMigrator
{
    /// <summary>Step n leads from version n to n + 1. A step that was released is never changed.</summary>
    private static readonly string[] s_steps = [Migration001.Sql, Migration002.Sql];

    public static int LatestVersion => s_steps.Length;

    public static void Migrate(SqliteConnection connection, string path)
    {
        using var query = connection.CreateCommand();
        query.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(query.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version > LatestVersion)
        {
            throw new EngineException(
                EngineErrorCode.Conflict, EngineErrorReason.SchemaTooNew,
                $"'{path}' has schema version {version}; this engine knows versions up to {LatestVersion}. Start the newer engine that wrote it.",
                path);
        }

        for (; version < LatestVersion; version++)
        {
            using var transaction = connection.BeginTransaction();
            EngineDatabase.Execute(
                connection, string.Create(CultureInfo.InvariantCulture, $"{s_steps[version]}; PRAGMA user_version = {version + 1}"));
            transaction.Commit();
        }
    }
}
