namespace Engine.Core.Images.Content;

/// <summary>What can be held, and collected when nothing needs it.</summary>
internal enum ContentKind
{
    /// <summary>An image's rows; the id is the image's.</summary>
    Image,

    /// <summary>An unpacked layer; the id is its chain id.</summary>
    Layer,

    /// <summary>A blob; the id is its digest.</summary>
    Blob,
}
