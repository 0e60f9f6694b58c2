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

        -- An unpacked layer. The row is there before the first file is: 'unpacking' until the directory has its name.
        CREATE TABLE layers (
            chain_id TEXT NOT NULL PRIMARY KEY,
            diff_id TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('unpacking', 'complete')),
            size INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- One platform's image; the id is the digest of the configuration, whose bytes are here as they came. An image
        -- that was removed by force while stopped containers need its layers stays, removed = 1, until they are gone.
        CREATE TABLE images (
            id TEXT NOT NULL PRIMARY KEY,
            manifest TEXT NOT NULL,
            config BLOB NOT NULL,
            size INTEGER NOT NULL,
            removed INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;

        -- A reference in its normal form names one image, or one for each of several platforms.
        CREATE TABLE image_references (
            reference TEXT NOT NULL,
            image_id TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
            PRIMARY KEY (reference, image_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX image_references_by_image ON image_references (image_id);

        -- repository@digest of the manifest or index, as a registry served it.
        CREATE TABLE image_digests (
            reference TEXT NOT NULL,
            image_id TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
            PRIMARY KEY (reference, image_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX image_digests_by_image ON image_digests (image_id);

        -- What keeps a layer and a blob from being collected.
        CREATE TABLE image_layers (
            image_id TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            chain_id TEXT NOT NULL REFERENCES layers (chain_id),
            PRIMARY KEY (image_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX image_layers_by_layer ON image_layers (chain_id);
        CREATE TABLE image_blobs (
            image_id TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
            digest TEXT NOT NULL,
            PRIMARY KEY (image_id, digest)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX image_blobs_by_blob ON image_blobs (digest);
        """;
}
