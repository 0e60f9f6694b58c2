using System.Formats.Tar;
using System.IO.Pipelines;

namespace Engine.Client;

/// <summary>Reads a directory that holds an image (an OCI layout, or an unpacked docker-save archive) as the tar of it.</summary>
public static class LayoutArchive
{
    // Either of them makes a directory an image: image-layout.md of the OCI image-spec, and docker save's list.
    private static readonly string[] s_markers = ["oci-layout", "manifest.json"];

    /// <summary>A stream of the tar, which is written while it is read; nothing is kept on the disk.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="cancellationToken">Ends the stream with an error.</param>
    /// <exception cref="EngineException">InvalidArchive: the directory does not hold an image.</exception>
    public static Stream Open(string directory, CancellationToken cancellationToken)
    {
        if (!s_markers.Any(m => File.Exists(Path.Combine(directory, m))))
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidArchive,
                $"The directory '{directory}' is no OCI layout: it holds neither 'oci-layout' nor 'manifest.json'. "
                    + "To make an image of a root file system, import the tar of it.",
                directory);
        }

        var pipe = new Pipe();
        _ = WriteAsync(directory, pipe.Writer, cancellationToken);
        return pipe.Reader.AsStream();
    }

    // Its end, good or bad, is the end of the pipe: whoever reads the stream sees it.
    private static async Task WriteAsync(string directory, PipeWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            Stream output = writer.AsStream(leaveOpen: true);
            await using (output.ConfigureAwait(false))
            {
                var tar = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
                await using (tar.ConfigureAwait(false))
                {
                    var files = new EnumerationOptions
                    {
                        RecurseSubdirectories = true,
                        // A link could lead to any file of the client's machine.
                        AttributesToSkip = FileAttributes.ReparsePoint,
                    };
                    foreach (string file in Directory.EnumerateFiles(directory, "*", files).Order(StringComparer.Ordinal))
                    {
                        await tar.WriteEntryAsync(file, Path.GetRelativePath(directory, file), cancellationToken)
                            .ConfigureAwait(false);
                    }
                }
            }

            await writer.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await writer.CompleteAsync(e).ConfigureAwait(false);
        }
    }
}
