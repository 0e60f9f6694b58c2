namespace Engine.Oci.Distribution;

/// <summary>
/// Where a blob goes while it is downloaded. One download uses it at a time, one call after the other.
/// </summary>
public interface IBlobTarget
{
    /// <summary>The bytes that are there already: from an earlier attempt, perhaps of an earlier process.</summary>
    long Length { get; }

    /// <summary>Takes the next bytes. What it throws ends the download, and is not tried again.</summary>
    /// <param name="data">The bytes; valid only during the call.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    ValueTask AppendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);

    /// <summary>Throws away all that is there.</summary>
    /// <param name="cancellationToken">Ends the download.</param>
    ValueTask RestartAsync(CancellationToken cancellationToken);

    /// <summary>Whether the whole content has its digest. Called once all of its bytes are there.</summary>
    bool Verify();
}
