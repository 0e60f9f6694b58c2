using System.IO.Enumeration;
using Engine.Core.Containers.Records;

namespace Engine.Core.Containers;

/// <summary>Measures what containers hold on disk, as the sum of their files' lengths.</summary>
internal sealed class ContainerSizes(EngineDirectories directories)
{
    public async Task<Container> MeasureAsync(
        Container container, ContainerRecord record, CancellationToken cancellationToken) =>
        await Task.Run(
            () =>
            {
                var own = Length(ContainerPaths.Upper(directories, record.Id), cancellationToken);
                var shared = record.Layers.Sum(layer => Length(Path.Combine(directories.Layers, layer), cancellationToken));
                return container with { SizeRw = own, SizeRootFs = own + shared };
            },
            cancellationToken).ConfigureAwait(false);

    private static long Length(string directory, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory))
        {
            return 0;
        }

        var files = new FileSystemEnumerable<long>(
            directory,
            static (ref FileSystemEntry entry) => entry.Length,
            // A container writes into its tree while it is walked: what is gone meanwhile is left out. Links are no files.
            new EnumerationOptions
            {
                RecurseSubdirectories = true,
                IgnoreInaccessible = true,
                AttributesToSkip = FileAttributes.ReparsePoint,
            })
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory,
        };
        long sum = 0;
        foreach (var length in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sum += length;
        }

        return sum;
    }
}
