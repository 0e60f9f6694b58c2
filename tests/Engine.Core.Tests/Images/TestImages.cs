using Engine.Core.Events;
using Engine.Core.Images;
using Engine.Core.State;
using Engine.Oci.Distribution;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Engine.Core.Tests.Images;

/// <summary>
/// The images of an engine with a data root of its own: the real rules on the real disk, with real rows.
/// </summary>
internal sealed class TestImages : IDisposable
{
    private readonly EngineDatabase _database;

    public TestImages(
        string dataRoot, EngineOptions? options = null, ILoggerFactory? loggers = null, RegistryOptions? registries = null)
    {
        options = (options ?? new EngineOptions { DataRoot = "", ExecRoot = "" }) with
        {
            DataRoot = dataRoot,
            ExecRoot = Path.Combine(dataRoot, "exec"),
        };
        Directories = new EngineDirectories(options);
        Directories.Create();
        _database = EngineDatabase.Open(Directories.Database);
        Events = new EventStream(TimeProvider.System);
        Registry = new RegistryClient(registries ?? new RegistryOptions(), TimeProvider.System);
        All = new EngineImages(
            options, Directories, _database, Registry, Users, Events, TimeProvider.System, loggers ?? NullLoggerFactory.Instance);
    }

    public EngineDirectories Directories { get; }

    public KnownUsers Users { get; } = new();

    public EventStream Events { get; }

    public RegistryClient Registry { get; }

    public EngineImages All { get; }

    public async Task<IReadOnlyList<ContainerImage>> Import(
        string path, ImageImport? import = null, IProgress<ImageProgress>? progress = null)
    {
        await using var archive = File.OpenRead(path);
        return await All.Import.HandleAsync(
            archive, import ?? new ImageImport(), progress, TestContext.Current.CancellationToken);
    }

    /// <summary>An image for amd64 of layers that each hold one file, named after its content.</summary>
    public async Task<ContainerImage> ImportLayers(string name, params string[] layers)
    {
        byte[][] tars = [.. layers.Select(content => new TarBuilder().File("file-" + content, content).ToArray())];
        using var archive = new MemoryStream(new LayoutBuilder().Image(name, "linux/amd64", tars).ToArchive());
        return Assert.Single(await All.Import.HandleAsync(
            archive, new ImageImport(), null, TestContext.Current.CancellationToken));
    }

    /// <summary>
    /// The names of what lies below the data root's own directories: what a failed import must not add to.
    /// </summary>
    public IReadOnlyList<string> Content() =>
    [
        .. ((string[])[Directories.Blobs, Directories.Layers, Directories.Ingest])
            .SelectMany(Directory.EnumerateFileSystemEntries)
            .Select(path => Path.GetRelativePath(Directories.DataRoot, path))
            .Order(StringComparer.Ordinal),
    ];

    public long Count(string table) => _database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    });

    /// <summary>The single column of a query, in order.</summary>
    public IReadOnlyList<string> Strings(string sql) => _database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        values.Sort(StringComparer.Ordinal);
        return values;
    });

    public void Execute(string sql) => _database.Write(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    });

    public void AssertEmpty()
    {
        Assert.Empty(Content());
        Assert.Equal(0, Count("images"));
        Assert.Equal(0, Count("layers"));
        Assert.Equal(0, Count("image_references"));
        Assert.Equal(0, Count("image_blobs"));
    }

    public void Dispose()
    {
        All.Dispose();
        Registry.Dispose();
        _database.Dispose();
    }
}
