using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Engine.Oci.Distribution.Transport;

/// <summary>What the directories in Docker's certs.d layout hold for one registry.</summary>
internal sealed class RegistryCertificates
{
    /// <summary>Authorities to trust beside the system's.</summary>
    public X509Certificate2Collection Authorities { get; } = [];

    /// <summary>What the client may show, with its private key.</summary>
    public X509Certificate2Collection Client { get; } = [];

    /// <summary>Reads them.</summary>
    /// <param name="directories">The roots of the layout.</param>
    /// <param name="registry"><c>host[:port]</c>: the directory's name.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidRegistryCertificate"/>.</exception>
    public static RegistryCertificates Load(IEnumerable<string> directories, string registry)
    {
        var certificates = new RegistryCertificates();
        foreach (string directory in directories.Select(root => Path.Combine(root, registry)))
        {
            try
            {
                foreach (string file in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal))
                {
                    certificates.Read(file);
                }
            }
            catch (DirectoryNotFoundException)
            {
                // Most registries need none.
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
            {
                throw Fault(directory, $"it cannot be read: {e.Message}", e);
            }
        }

        return certificates;
    }

    /// <summary>A text that is another one when a file of the registry's was added, changed or removed.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidRegistryCertificate"/>.</exception>
    public static string Stamp(IEnumerable<string> directories, string registry)
    {
        try
        {
            return string.Join('\n', directories
                .Select(root => new DirectoryInfo(Path.Combine(root, registry)))
                .Where(directory => directory.Exists)
                .SelectMany(directory => directory.EnumerateFiles())
                .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}")
                .Order(StringComparer.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(registry, $"its certificates cannot be read: {e.Message}", e);
        }
    }

    private static EngineException Fault(string path, string fault, Exception? cause = null) =>
        new(
            EngineErrorCode.InvalidArgument,
            EngineErrorReason.InvalidRegistryCertificate,
            $"'{path}' cannot be used for the registry: {fault.TrimEnd('.')}.",
            path,
            cause);

    private void Read(string file)
    {
        switch (Path.GetExtension(file))
        {
            case ".crt":
                int before = Authorities.Count;
                ReadAuthorities(file);
                if (Authorities.Count == before)
                {
                    throw Fault(file, "it has no certificate in PEM form");
                }

                break;
            case ".cert":
                ReadClient(file, Path.ChangeExtension(file, ".key"));
                break;
            case ".key" when !File.Exists(Path.ChangeExtension(file, ".cert")):
                throw Fault(file, "its certificate is missing; a key belongs beside a .cert file of the same name");
        }
    }

    private void ReadAuthorities(string file)
    {
        try
        {
            Authorities.ImportFromPemFile(file);
        }
        catch (CryptographicException e)
        {
            throw Fault(file, $"it is no certificate in PEM form ({e.Message.TrimEnd('.')})", e);
        }
    }

    private void ReadClient(string file, string key)
    {
        if (!File.Exists(key))
        {
            throw Fault(file, $"its key '{Path.GetFileName(key)}' is missing; authorities have the extension .crt");
        }

        try
        {
            Client.Add(X509Certificate2.CreateFromPemFile(file, key));
        }
        catch (CryptographicException e)
        {
            throw Fault(
                file,
                $"it is no certificate in PEM form with a key that fits and has no password ({e.Message.TrimEnd('.')})",
                e);
        }
    }
}
