using System.Security.Cryptography.X509Certificates;
using System.Text;
using Engine.Oci.Distribution;
using Engine.Testing.Registry;

namespace Engine.Oci.Tests.Distribution.Transport;

/// <summary>
/// A faulty registry with TLS that has a name which is not loopback's, so that its certificate counts; it is reached
/// through a proxy that knows the name.
/// </summary>
internal sealed class SecureRegistry : IAsyncDisposable
{
    private readonly X509Certificate2? _certificate;
    private readonly TunnelingProxy _proxy;
    private readonly ScratchDirectory _directory = new();

    public SecureRegistry(
        string name = "registry.example", bool tls = true,
        string? certificateName = null, string? proxyCredential = null)
    {
        Name = name;
        _certificate = tls ? Authority.Server(certificateName ?? name) : null;
        Registry = FaultyRegistry.Start(_certificate);
        _proxy = new TunnelingProxy(new Dictionary<string, int> { [$"{name}:443"] = Registry.Port }, proxyCredential);
        byte[] manifest = Encoding.UTF8.GetBytes(DistributionTest.Document);
        Registry.AddManifest("app", "latest", MediaTypes.OciManifest, manifest);
        Registry.AddManifest("library/app", "latest", MediaTypes.OciManifest, manifest);
    }

    public string Name { get; }

    public PrivateAuthority Authority { get; } = new();

    public FaultyRegistry Registry { get; }

    /// <summary>The certs.d directory of this registry.</summary>
    public string Certificates => Directory.CreateDirectory(_directory[Name]).FullName;

    public IReadOnlyList<string> Tunnels => _proxy.Asked;

    public RegistryOptions Reach(RegistryOptions options, string proxyUser = "") => options with
    {
        HttpsProxy = $"http://{proxyUser}{_proxy.Host}",
        CertificateDirectories = [_directory.Path],
    };

    public void Trust() => File.WriteAllText(Path.Combine(Certificates, "ca.crt"), Authority.Pem);

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await Registry.DisposeAsync();
        _certificate?.Dispose();
        Authority.Dispose();
        _directory.Dispose();
    }
}
