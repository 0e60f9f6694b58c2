using Engine.Core.Images.Content;
using Engine.Core.State;
using Engine.Oci;
using Engine.Oci.Documents;
using Microsoft.Data.Sqlite;

namespace Engine.Core.Images.Records;

/// <summary>The tables of images and of what names them.</summary>
internal sealed partial class ImageTable(EngineDatabase database)
{
    /// <summary>
    /// Every image. A row that cannot be read is handed to <paramref name="damaged"/>, and left alone.
    /// </summary>
    public IReadOnlyList<StoredImage> ReadAll(Action<string, EngineException> damaged) => database.Read(connection =>
    {
        var images = new List<StoredImage>();
        foreach (var id in connection.Query("SELECT id FROM images ORDER BY id", row => row.GetString(0)))
        {
            try
            {
                images.Add(Read(connection, id)!);
            }
            catch (EngineException error)
            {
                damaged(id, error);
            }
        }

        return images;
    });

    /// <summary>The image with that id, removed or not; null when there is none.</summary>
    public StoredImage? Find(string id) => database.Read(connection => Read(connection, id));

    /// <summary>The images, not removed, that a reference names; one for each platform.</summary>
    public IReadOnlyList<StoredImage> FindByReference(string reference) => Select(
        "SELECT image_id FROM image_references JOIN images ON id = image_id WHERE reference = $key AND removed = 0",
        reference);

    /// <summary>The images, not removed, that a reference by digest names.</summary>
    public IReadOnlyList<StoredImage> FindByDigest(string reference) => Select(
        "SELECT image_id FROM image_digests JOIN images ON id = image_id WHERE reference = $key AND removed = 0",
        reference);

    /// <summary>The references by tag, in their order, that images of a repository have.</summary>
    /// <param name="repository">In the normal form, with its domain.</param>
    public IReadOnlyList<string> ReferencesOf(string repository) => database.Read(connection => connection.Query(
        // The character after the colon ends the range: it holds this repository's tags and nothing else.
        """
        SELECT DISTINCT reference FROM image_references JOIN images ON id = image_id
        WHERE reference >= $from AND reference < $to AND removed = 0 ORDER BY reference
        """,
        row => row.GetString(0), ("$from", repository + ":"), ("$to", repository + ";")));

    /// <summary>The references by digest, which a registry is known to serve, of images that have a blob.</summary>
    public IReadOnlyList<string> DigestsWithBlob(Digest blob) => database.Read(connection => connection.Query(
        """
        SELECT DISTINCT d.reference FROM image_digests d JOIN image_blobs b ON b.image_id = d.image_id
        WHERE b.digest = $digest
        """,
        row => row.GetString(0), ("$digest", blob.ToString())));

    /// <summary>The ids, at most two of them, that begin with a prefix.</summary>
    public IReadOnlyList<string> IdsWithPrefix(string prefix) => database.Read(connection => connection.Query(
        // GLOB instead of LIKE: it tells upper from lower case and can use the primary key. The caller has checked that
        // the prefix holds hexadecimal digits alone.
        "SELECT id FROM images WHERE id GLOB $pattern AND removed = 0 LIMIT 2", row =>
            row.GetString(0), ("$pattern", prefix + "*")));

    /// <summary>The blobs of an image.</summary>
    public IReadOnlyList<string> BlobsOf(string id) => database.Read(connection => connection.Query(
        "SELECT digest FROM image_blobs WHERE image_id = $id", row => row.GetString(0), ("$id", id)));

    /// <summary>
    /// The layers of an image, by their chain ids; read from the rows, which are there even if the configuration is
    /// damaged.
    /// </summary>
    public IReadOnlyList<string> LayersOf(string id) => database.Read(connection => connection.Query(
        "SELECT chain_id FROM image_layers WHERE image_id = $id ORDER BY position", row =>
            row.GetString(0), ("$id", id)));

    /// <summary>The ids of the images that were made of an image, removed ones included.</summary>
    public IReadOnlyList<string> ChildrenOf(string id) => database.Read(connection => connection.Query(
        "SELECT id FROM images WHERE parent = $id", row => row.GetString(0), ("$id", id)));

    /// <summary>Every blob that an image needs.</summary>
    public IReadOnlySet<string> AllBlobs() => database.Read(connection => connection.Query(
        "SELECT DISTINCT digest FROM image_blobs", row => row.GetString(0)).ToHashSet(StringComparer.Ordinal));

    /// <summary>The ids of the images, removed ones included, whether or not their rows can be read.</summary>
    public IReadOnlyList<string> AllIds() => database.Read(connection => connection.Query(
        "SELECT id FROM images ORDER BY id", row => row.GetString(0)));

    /// <summary>An image's configuration as the row has it, unread; null when there is no such image.</summary>
    public byte[]? RawConfig(string id) => database.Read(connection => connection.Query(
        "SELECT config FROM images WHERE id = $id", row => row.GetFieldValue<byte[]>(0), ("$id", id)).FirstOrDefault());

    /// <summary>What people know an image by: its references, or its id; read from the rows alone.</summary>
    public IReadOnlyList<string> NamesOf(string id) => database.Read(connection => Names(
        connection, "SELECT reference FROM image_references WHERE image_id = $id ORDER BY reference", id))
        .Select(ImageView.Familiar).DefaultIfEmpty(id).ToList();

    /// <summary>The ids of the images that need a blob.</summary>
    public IReadOnlyList<string> UsersOfBlob(string digest) => database.Read(connection => connection.Query(
        "SELECT image_id FROM image_blobs WHERE digest = $digest", row => row.GetString(0), ("$digest", digest)));

    /// <summary>What every image needs: a row for each layer and blob of each, removed ones included.</summary>
    public IReadOnlyList<(string ImageId, ContentKind Kind, string Id)> AllContent() => database.Read(connection => (
        IReadOnlyList<(string, ContentKind, string)>)
    [
        .. connection.Query(
            "SELECT image_id, chain_id FROM image_layers", row => (
                row.GetString(0), ContentKind.Layer, row.GetString(1))),
        .. connection.Query(
            "SELECT image_id, digest FROM image_blobs", row => (
                row.GetString(0), ContentKind.Blob, row.GetString(1))),
    ]);

    /// <summary>True when some image needs the blob.</summary>
    public bool IsBlobUsed(string digest) => database.Read(connection => connection.Query(
        "SELECT 1 FROM image_blobs WHERE digest = $digest LIMIT 1", row => true, ("$digest", digest)).Count > 0);

    /// <summary>The ids of the images that need a layer.</summary>
    public IReadOnlyList<string> UsersOfLayer(string chainId) => database.Read(connection => connection.Query(
        "SELECT DISTINCT image_id FROM image_layers WHERE chain_id = $id", row => row.GetString(0), ("$id", chainId)));

    private List<StoredImage> Select(string sql, string key) => database.Read(connection =>
        connection.Query(sql, row => row.GetString(0), ("$key", key)).ConvertAll(id => Read(connection, id)!));

    private static StoredImage? Read(SqliteConnection connection, string id)
    {
        var image = connection.Query(
            """
            SELECT i.manifest, i.config, i.size, i.removed,
                (SELECT p.id FROM images p WHERE p.id = i.parent AND p.removed = 0),
                (SELECT coalesce(sum(l.size), 0) FROM image_layers mine JOIN layers l USING (chain_id)
                WHERE mine.image_id = i.id AND EXISTS (
                    SELECT 1 FROM image_layers theirs
                    WHERE theirs.chain_id = mine.chain_id AND theirs.image_id <> i.id))
            FROM images i WHERE i.id = $id
            """,
            row => new StoredImage
            {
                Id = id,
                Manifest = Digest.Parse(row.GetString(0)),
                Config = ImageDocuments.ReadConfig(row.GetFieldValue<byte[]>(1)).Value,
                Size = row.GetInt64(2),
                Removed = row.GetInt64(3) != 0,
                Parent = row.IsDBNull(4) ? null : row.GetString(4),
                SharedSize = row.GetInt64(5),
            },
            ("$id", id)).FirstOrDefault();
        return image is null ? null : image with
        {
            References = Names(
                connection, "SELECT reference FROM image_references WHERE image_id = $id ORDER BY reference", id),
            Digests = Names(
                connection, "SELECT reference FROM image_digests WHERE image_id = $id ORDER BY reference", id),
        };
    }

    private static List<string> Names(SqliteConnection connection, string sql, string id) =>
        connection.Query(sql, row => row.GetString(0), ("$id", id));
}
