using System.Diagnostics;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images.Exchange;

/// <summary>
/// A test that hands images to another tool as files, or takes them from it. What both must agree on is the image's id
/// and the digests of its uncompressed layers.
/// </summary>
public abstract class ExchangeTest(OwnEngineFixture fixture) : ImageTest(fixture), IClassFixture<OwnEngineFixture>
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ex-");

    // Another engine's storage is slow to make and to remove.
    private protected override TimeSpan TestLimit => 3 * Limit.Call;

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        // What tools unpack has modes that .NET's own removal stumbles over.
        using Process remove = Process.Start("rm", ["-rf", _directory.FullName]);
        await remove.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>A path of the test's own.</summary>
    internal string PathOf(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>An image of two layers, one of them compressed, under as many names as are given.</summary>
    internal async Task<ContainerImage> MakeAsync(params string[] references)
    {
        var layout = new TestLayout { Name = references[0] };
        layout.Add(BusyboxImage.Archive, "gzip").Add(SmallLayer());
        ContainerImage image = await ImportOneAsync(layout.ToOciArchive());
        foreach (string reference in references.Skip(1))
        {
            await Images.TagAsync(image.Id, reference, Cancel);
        }

        return await Images.GetAsync(image.Id, null, Cancel);
    }

    internal async Task<string> ExportAsync(ImageExport export)
    {
        string path = PathOf($"{Guid.NewGuid():N}.tar");
        await using FileStream file = File.Create(path);
        await foreach (ReadOnlyMemory<byte> chunk in Images.ExportAsync(export, progress: null, Cancel))
        {
            Assert.InRange(chunk.Length, 1, 1 << 20);
            await file.WriteAsync(chunk, Cancel);
        }

        return path;
    }

    internal Task<string> ExportAsync(
        ImageArchiveFormat format, ArchiveCompression compression, params string[] images) =>
        ExportAsync(new ImageExport { Images = images, Format = format, Compression = compression });

    internal async Task<List<ContainerImage>> ImportFileAsync(string path, params string[] references)
    {
        await using FileStream file = File.OpenRead(path);
        return await ImageArchives.ImportAsync(
            Engine.Client, file, new ImageImport { References = references }, Cancel);
    }

    /// <summary>Takes an image away with all its names, so that it can only come in from the file.</summary>
    internal async Task ForgetAsync(ContainerImage image)
    {
        await Images.RemoveAsync(image.Id, force: true, Cancel);
        await FailsAsync(EngineErrorReason.ImageNotFound, () => Images.GetAsync(image.Id, null, Cancel));
    }

    internal static void AssertSame(ContainerImage expected, ContainerImage actual)
    {
        Assert.Equal(expected.Id, actual.Id);
        Assert.Equal(expected.Layers, actual.Layers);
    }

    internal static void Require(params string[] tools)
    {
        foreach (string tool in tools)
        {
            Assert.SkipUnless(
                (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(d => File.Exists(Path.Combine(d, tool))),
                $"{tool} is not on PATH.");
        }
    }

    /// <summary>Runs a program that must succeed, and gives what it wrote to its standard output.</summary>
    internal async Task<string> RunToolAsync(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(Cancel);
        string output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, $"'{tool} {string.Join(' ', arguments)}' ended with {process.ExitCode}: {await error}{output}");
        return output.TrimEnd();
    }
}
