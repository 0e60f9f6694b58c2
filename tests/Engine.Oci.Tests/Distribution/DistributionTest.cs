using System.Text;
using Engine.Oci.Distribution;
using Engine.Oci.References;
using Engine.Testing.Registry;

namespace Engine.Oci.Tests.Distribution;

/// <summary>A faulty registry and a client for it, that waits for next to nothing.</summary>
public abstract class DistributionTest : IAsyncDisposable
{
    internal const string Document =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
        "config":{"mediaType":"application/vnd.oci.image.config.v1+json",
        "digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2},"layers":[]}
        """;

    protected const string Manifest = Document;

    private readonly List<RegistryClient> _clients = [];

    protected FaultyRegistry Registry { get; } = FaultyRegistry.Start();

    private protected RecordingObserver Observer { get; } = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static RegistryOptions Options { get; } = new()
    {
        CertificateDirectories = [],
        HttpProxy = "",
        HttpsProxy = "",
        NoProxy = "",
        MaxAttempts = 3,
        RetryDelay = new RetryDelay { First = TimeSpan.FromMilliseconds(1), LongestAsked = TimeSpan.FromMilliseconds(1) },
        StallTimeout = TimeSpan.FromSeconds(20),
    };

    public virtual async ValueTask DisposeAsync()
    {
        _clients.ForEach(static client => client.Dispose());
        await Registry.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static RegistryCredential Credential(string user = "jane", string password = "s3cr3t-word") =>
        new() { Username = user, Password = password };

    protected RegistryClient Client(RegistryOptions? options = null, TimeProvider? time = null)
    {
        var client = new RegistryClient(options ?? Options, time ?? TimeProvider.System);
        _clients.Add(client);
        return client;
    }

    protected RepositoryClient Open(
        RegistryCredential? credential = null,
        RepositoryAccess access = RepositoryAccess.Pull,
        RegistryOptions? options = null,
        TimeProvider? time = null,
        string? registry = null) =>
        Client(options, time).Open(Reference(registry), credential, access, Observer);

    protected ImageReference Reference(string? registry = null, string path = "app") =>
        ImageReference.Parse($"{registry ?? Registry.Host}/{path}");

    protected static async Task<EngineException> FaultAsync(Func<Task> work, string reason)
    {
        EngineException fault = await Assert.ThrowsAsync<EngineException>(work);
        Assert.True(fault.Reason == reason, $"{fault.Reason} instead of {reason}: {fault.Message}");
        return fault;
    }
}
