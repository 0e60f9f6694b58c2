using System.Text;
using System.Text.Json;
using Engine.Oci;
using Engine.Oci.Distribution;
using Engine.Testing.Registry;

namespace Engine.Core.Tests.Registries;

/// <summary>A faulty registry with small images in it, and a client that waits for next to nothing.</summary>
public abstract class RegistryOperationTest : IAsyncDisposable
{
    private readonly RegistryClient _client = new(
        new RegistryOptions
        {
            CertificateDirectories = [],
            HttpProxy = "",
            HttpsProxy = "",
            NoProxy = "",
            MaxAttempts = 2,
            RetryDelay = new RetryDelay { First = TimeSpan.FromMilliseconds(1), LongestAsked = TimeSpan.FromMilliseconds(1) },
            StallTimeout = TimeSpan.FromSeconds(20),
        },
        TimeProvider.System);

    protected FaultyRegistry Registry { get; } = FaultyRegistry.Start();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected RegistryClient Client => _client;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Registry.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected string At(string name) => $"{Registry.Host}/{name}";

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Adds an image of one layer for a platform.</summary>
    /// <returns>The manifest's digest.</returns>
    protected string AddImage(string repository, string? tag, string os, string architecture, string variant = "")
    {
        byte[] layer = Bytes($"layer of {architecture}{variant}");
        byte[] config = JsonSerializer.SerializeToUtf8Bytes(new
        {
            os,
            architecture,
            variant,
            rootfs = new { type = "layers", diff_ids = new[] { $"sha256:{new string('a', 64)}" } },
        });
        return Registry.AddManifest(repository, tag, MediaTypes.OciManifest, JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = MediaTypes.OciManifest,
            config = new { mediaType = MediaTypes.OciConfig, digest = Registry.AddBlob(repository, config), size = config.Length },
            layers = new[]
            {
                new { mediaType = MediaTypes.OciLayer, digest = Registry.AddBlob(repository, layer), size = layer.Length },
            },
            annotations = new { of = architecture },
        }));
    }

    /// <summary>Adds an index of documents that are there, or not.</summary>
    /// <param name="repository">Where.</param>
    /// <param name="tag">As what; null for its digest alone.</param>
    /// <param name="entries">What it lists; the last part is more of the descriptor's JSON, with a comma before it.</param>
    protected string AddIndex(string repository, string? tag, params (string Digest, string MediaType, string More)[] entries)
    {
        IEnumerable<string> listed = entries.Select(
            e => "{\"mediaType\":\"" + e.MediaType + "\",\"digest\":\"" + e.Digest + "\",\"size\":10" + e.More + "}");
        return Registry.AddManifest(
            repository, tag, MediaTypes.OciIndex,
            Bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OciIndex + "\",\"manifests\":[" + string.Join(',', listed) + "]}"));
    }

    protected static async Task<EngineException> FaultAsync(Func<Task> work, string reason)
    {
        EngineException fault = await Assert.ThrowsAsync<EngineException>(work);
        Assert.True(fault.Reason == reason, $"{fault.Reason} instead of {reason}: {fault.Message}");
        return fault;
    }
}
