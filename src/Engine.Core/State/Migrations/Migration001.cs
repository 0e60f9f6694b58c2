namespace Engine.Core.State.Migrations;

/// <summary>The first schema.</summary>
internal static class Migration001
{
    public const string Sql = """
        -- Facts about the engine itself, such as its id.
        CREATE TABLE engine (
            key TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- The document is the whole record as JSON; the columns beside it are what must be unique or found by.
        CREATE TABLE containers (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            image_id TEXT NOT NULL,
            document TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;
}
