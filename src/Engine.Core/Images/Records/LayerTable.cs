using Engine.Core.State;

namespace Engine.Core.Images.Records;

/// <summary>
/// The table of layers. A row's state runs from 'unpacking' to 'complete'; each method is one transaction.
/// </summary>
internal sealed class LayerTable(EngineDatabase database)
{
    /// <summary>Records that a layer is about to be unpacked.</summary>
    public void Begin(string chainId, string diffId) => database.Write(connection => connection.Run(
        """
        INSERT INTO layers VALUES ($chain, $diff, 'unpacking', 0)
        ON CONFLICT DO UPDATE SET state = 'unpacking', size = 0
        """,
        ("$chain", chainId), ("$diff", diffId)));

    /// <summary>Records that a layer's directory is whole and has its name.</summary>
    public void Complete(string chainId, long size) => database.Write(connection => connection.Run(
        "UPDATE layers SET state = 'complete', size = $size WHERE chain_id = $chain", (
            "$chain", chainId), ("$size", size)));

    public bool IsComplete(string chainId) => database.Read(connection => connection.Query(
        "SELECT 1 FROM layers WHERE chain_id = $chain AND state = 'complete'", row =>
            true, ("$chain", chainId)).Count > 0);

    /// <summary>
    /// Forgets a layer that no image needs, and gives its size; null when one does, or the layer is not known.
    /// </summary>
    public long? DeleteUnused(string chainId) => database.Write(connection =>
    {
        var size = connection.Query(
            """
            DELETE FROM layers
            WHERE chain_id = $chain AND NOT EXISTS (SELECT 1 FROM image_layers i WHERE i.chain_id = $chain)
            RETURNING size
            """,
            row => row.GetInt64(0), ("$chain", chainId));
        return size.Count == 0 ? (long?)null : size[0];
    });

    /// <summary>Every layer, with whether it is complete.</summary>
    public IReadOnlyDictionary<string, bool> ReadAll() => database.Read(connection => connection.Query(
        "SELECT chain_id, state FROM layers", row => (Id: row.GetString(0), Complete: row.GetString(1) == "complete")))
        .ToDictionary(layer => layer.Id, layer => layer.Complete, StringComparer.Ordinal);

    /// <summary>The bytes of each layer's files.</summary>
    public IReadOnlyDictionary<string, long> Sizes() => database.Read(connection => connection.Query(
        "SELECT chain_id, size FROM layers", row => (Id: row.GetString(0), Size: row.GetInt64(1))))
        .ToDictionary(layer => layer.Id, layer => layer.Size, StringComparer.Ordinal);

    /// <summary>Forgets a layer whose directory is not there, and the images that cannot be without it.</summary>
    public void DeleteWithImages(string chainId) => database.Write(connection =>
    {
        connection.Run(
            "DELETE FROM images WHERE id IN (SELECT image_id FROM image_layers WHERE chain_id = $chain)",
            ("$chain", chainId));
        connection.Run("DELETE FROM layers WHERE chain_id = $chain", ("$chain", chainId));
    });
}
