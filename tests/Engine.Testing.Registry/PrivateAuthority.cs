using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Engine.Testing.Registry;

/// <summary>A certificate authority that nobody knows, for one test.</summary>
public sealed class PrivateAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    // The same for all: no certificate may be good for longer than that of its issuer.
    private readonly DateTimeOffset _from = TimeProvider.System.GetUtcNow().AddHours(-1);
    private readonly DateTimeOffset _to = TimeProvider.System.GetUtcNow().AddHours(12);

    public PrivateAuthority()
    {
        var request = new CertificateRequest("CN=Engine test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _certificate = request.CreateSelfSigned(_from, _to);
    }

    /// <summary>The authority's certificate, for a certs.d directory.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>A server's certificate for loopback addresses, with its key.</summary>
    public X509Certificate2 Server(string name = "localhost")
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
            names.AddIpAddress(IPAddress.IPv6Loopback);
        }

        return Issue($"CN={name}", "1.3.6.1.5.5.7.3.1", names.Build());
    }

    /// <summary>A client's certificate, with its key.</summary>
    public X509Certificate2 Client() => Issue("CN=engine", "1.3.6.1.5.5.7.3.2", null);

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Issue(string subject, string purpose, X509Extension? names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        using X509Certificate2 issued = request.Create(_certificate, _from, _to, RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 whole = issued.CopyWithPrivateKey(key);

        // Through PKCS #12: SslStream needs a key that is the certificate's own.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
