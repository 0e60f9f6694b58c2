using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Engine.Oci.Distribution.Transport;

/// <summary>Which servers are believed to be who they say, and what the client shows them.</summary>
internal static class ServerTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static SslClientAuthenticationOptions Options(
        string registry, RegistryCertificates certificates, bool insecure)
    {
        string host = RegistryAddress.Of(registry).IdnHost;
        return new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = Policy(),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                insecure || errors == SslPolicyErrors.None
                || (errors == SslPolicyErrors.RemoteCertificateChainErrors
                    && IsSignedBy(certificates.Authorities, certificate, chain)),

            // The registry's own host alone: a storage that it redirects to has no business knowing who we are.
            LocalCertificateSelectionCallback = certificates.Client.Count == 0
                ? null
                : (_, target, _, _, issuers) =>
                    string.Equals(target, host, StringComparison.OrdinalIgnoreCase)
                        ? Choose(certificates.Client, issuers)
                        : null!,
        };
    }

    // As Docker: no revocation lists, and nothing is fetched from addresses that a stranger's certificate names.
    private static X509ChainPolicy Policy() => new()
    {
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        ApplicationPolicy = { new Oid(ServerAuthentication) },
    };

    private static bool IsSignedBy(
        X509Certificate2Collection authorities, X509Certificate? certificate, X509Chain? presented)
    {
        if (authorities.Count == 0 || certificate is not X509Certificate2 server)
        {
            return false;
        }

        using var chain = new X509Chain { ChainPolicy = Policy() };
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(authorities);
        if (presented is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        }

        return chain.Build(server);
    }

    private static X509Certificate2 Choose(X509Certificate2Collection client, string[] issuers) =>
        client.FirstOrDefault(certificate => issuers.Contains(certificate.Issuer)) ?? client[0];
}
