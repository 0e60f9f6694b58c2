namespace Engine;

/// <summary>What can be wrong with the image store.</summary>
public enum StoreFault
{
    /// <summary>A blob that an image needs is not there.</summary>
    BlobMissing,

    /// <summary>A blob's content does not have its digest.</summary>
    BlobCorrupt,

    /// <summary>A blob or a directory that nothing needs.</summary>
    Unreferenced,

    /// <summary>A layer's directory is not there.</summary>
    LayerMissing,

    /// <summary>A layer's files are not those of its blob.</summary>
    LayerCorrupt,

    /// <summary>A row of the database cannot be read.</summary>
    RecordCorrupt,
}
