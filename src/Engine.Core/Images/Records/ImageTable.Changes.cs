using Engine.Core.State;
using Engine.Oci;
using Microsoft.Data.Sqlite;

namespace Engine.Core.Images.Records;

/// <content>The changes: each method is one transaction.</content>
internal sealed partial class ImageTable
{
    /// <summary>Adds images, brings back those that were removed, and gives them their references.</summary>
    public void Add(
        IReadOnlyList<NewImage> images, IReadOnlyDictionary<string, IReadOnlyList<string>> references,
        IReadOnlyDictionary<string, IReadOnlyList<string>> digests) => database.Write(connection =>
    {
        foreach (var image in images)
        {
            Insert(connection, image);
        }

        foreach (var (reference, ids) in references)
        {
            Move(connection, reference, ids);
        }

        foreach (var (reference, ids) in digests)
        {
            foreach (var id in ids)
            {
                connection.Run(
                    "INSERT INTO image_digests VALUES ($reference, $id) ON CONFLICT DO NOTHING",
                    ("$reference", reference), ("$id", id));
            }
        }
    });

    /// <summary>Records what a registry has under a digest: the manifest or index of these images.</summary>
    public void AddPushed(string reference, Digest document, IReadOnlyList<string> ids) => database.Write(connection =>
    {
        // An image that was removed meanwhile has no digests.
        foreach (var id in ids)
        {
            connection.Run(
                """
                INSERT INTO image_digests SELECT $reference, id FROM images WHERE id = $id AND removed = 0
                ON CONFLICT DO NOTHING
                """,
                ("$reference", reference), ("$id", id));
            connection.Run(
                """
                INSERT INTO image_blobs SELECT id, $digest FROM images WHERE id = $id ON CONFLICT DO NOTHING
                """,
                ("$digest", document.ToString()), ("$id", id));
        }
    });

    /// <summary>Makes a reference name these images and no others.</summary>
    public void MoveReference(string reference, IReadOnlyList<string> ids) =>
        database.Write(connection => Move(connection, reference, ids));

    /// <summary>Puts an image's configuration right.</summary>
    public void RestoreConfig(string id, byte[] config) => database.Write(connection =>
        connection.Run("UPDATE images SET config = $config WHERE id = $id", ("$id", id), ("$config", config)));

    /// <summary>
    /// Takes references away from images, marks images as removed and deletes others, at once: after a crash either all
    /// of it has happened or nothing.
    /// </summary>
    public void Remove(
        IEnumerable<(string Reference, string ImageId)> references, IEnumerable<string> hide,
        IEnumerable<string> delete) => database.Write(connection =>
        {
            foreach (var (reference, id) in references)
            {
                connection.Run(
                    "DELETE FROM image_references WHERE reference = $reference AND image_id = $id",
                    ("$reference", reference), ("$id", id));
            }

            foreach (var id in hide)
            {
                connection.Run("UPDATE images SET removed = 1 WHERE id = $id", ("$id", id));
                connection.Run("DELETE FROM image_references WHERE image_id = $id", ("$id", id));
                connection.Run("DELETE FROM image_digests WHERE image_id = $id", ("$id", id));
            }

            foreach (var id in delete)
            {
                connection.Run("DELETE FROM images WHERE id = $id", ("$id", id));
            }
        });

    private static void Insert(SqliteConnection connection, NewImage image)
    {
        var known = connection.Run("UPDATE images SET removed = 0 WHERE id = $id", ("$id", image.Id)) > 0;
        if (known)
        {
            // The same configuration means the same layers.
            if (image.IsFromRegistry)
            {
                Renew(connection, image);
            }

            return;
        }

        connection.Run(
            """
            INSERT INTO images (id, manifest, config, size, parent) VALUES ($id, $manifest, $config, 0, $parent)
            """,
            ("$id", image.Id), ("$manifest", image.Manifest.ToString()), ("$config", image.Config.Raw.ToArray()),
            ("$parent", image.Parent));
        for (var position = 0; position < image.Chain.Count; position++)
        {
            connection.Run(
                "INSERT INTO image_layers VALUES ($id, $position, $chain)",
                ("$id", image.Id), ("$position", position), ("$chain", image.Chain[position].ToString()));
        }

        AddBlobs(connection, image);
        connection.Run(
            """
            UPDATE images
            SET size = (
                SELECT coalesce(sum(l.size), 0) FROM image_layers i JOIN layers l USING (chain_id)
                WHERE i.image_id = $id)
            WHERE id = $id
            """,
            ("$id", image.Id));
    }

    /// <summary>
    /// Another manifest of an image that is known: other compressions of its layers. It is the one to hand on from now
    /// on; what it replaces stays, as references by digest still name it. An archive's are not kept twice.
    /// </summary>
    private static void Renew(SqliteConnection connection, NewImage image)
    {
        connection.Run(
            "UPDATE images SET manifest = $manifest WHERE id = $id",
            ("$id", image.Id), ("$manifest", image.Manifest.ToString()));
        AddBlobs(connection, image);
    }

    private static void AddBlobs(SqliteConnection connection, NewImage image)
    {
        foreach (var blob in image.Blobs)
        {
            connection.Run(
                "INSERT INTO image_blobs VALUES ($id, $digest) ON CONFLICT DO NOTHING",
                ("$id", image.Id), ("$digest", blob.ToString()));
        }
    }

    private static void Move(SqliteConnection connection, string reference, IReadOnlyList<string> ids)
    {
        connection.Run("DELETE FROM image_references WHERE reference = $reference", ("$reference", reference));
        foreach (var id in ids)
        {
            connection.Run(
                "INSERT INTO image_references VALUES ($reference, $id)", ("$reference", reference), ("$id", id));
        }
    }
}
