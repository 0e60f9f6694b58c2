using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Engine.Testing.Registry;

/// <summary>
/// Debian's docker-registry on a loopback port of its own, with a store of its own, until it is disposed.
/// </summary>
public sealed partial class DockerRegistry : IAsyncDisposable
{
    private const string Program = "/usr/bin/docker-registry";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly DirectoryInfo _directory;

    private DockerRegistry(Process process, DirectoryInfo directory, string host)
    {
        _process = process;
        _directory = directory;
        Host = host;
    }

    /// <summary>Whether the programs are there; build.ps1 installs them for the tests.</summary>
    public static bool IsInstalled => File.Exists(Program) && File.Exists("/usr/bin/htpasswd");

    /// <summary><c>127.0.0.1:port</c>.</summary>
    public string Host { get; }

    /// <summary>Starts one.</summary>
    /// <param name="certificate">The server's certificate with its key; null for plain HTTP.</param>
    /// <param name="user">Who alone may use it; null for everybody.</param>
    /// <param name="password">That user's password.</param>
    /// <param name="tokens">Who says in place of a password file who may do what.</param>
    public static async Task<DockerRegistry> StartAsync(
        X509Certificate2? certificate = null, string? user = null, string password = "", TokenAuthority? tokens = null)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("engine-registry-");
        string configuration = Configure(directory.FullName, certificate, user, password, tokens);
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(Program, ["serve", configuration]) { RedirectStandardError = true },
        };
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, listening);
        process.Start();
        process.BeginErrorReadLine();
        try
        {
            return new DockerRegistry(process, directory, await listening.Task.WaitAsync(s_limit));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            directory.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private static string Configure(
        string directory, X509Certificate2? certificate, string? user, string password, TokenAuthority? tokens)
    {
        string In(string name) => Path.Combine(directory, name);
        string tls = "";
        if (certificate is not null)
        {
            File.WriteAllText(In("tls.crt"), certificate.ExportCertificatePem());
            using var key = certificate.GetECDsaPrivateKey()!;
            File.WriteAllText(In("tls.key"), key.ExportPkcs8PrivateKeyPem());
            tls = $"\n  tls:\n    certificate: {In("tls.crt")}\n    key: {In("tls.key")}";
        }

        string auth = "";
        if (user is not null)
        {
            // bcrypt, which is all that the registry reads.
            var htpasswd = new ProcessStartInfo("/usr/bin/htpasswd", ["-Bbc", In("htpasswd"), user, password])
            {
                RedirectStandardError = true,
            };
            using Process process = Process.Start(htpasswd)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            auth = $"\nauth:\n  htpasswd:\n    realm: test\n    path: {In("htpasswd")}";
        }

        if (tokens is not null)
        {
            File.WriteAllText(In("tokens.crt"), tokens.Pem);
            auth = $"\nauth:\n  token:\n    realm: {tokens.Realm}\n    service: {TokenAuthority.Service}"
                + $"\n    issuer: {TokenAuthority.Issuer}\n    rootcertbundle: {In("tokens.crt")}";
        }

        // info: the line with the port is of that level. The uploads' state is signed with the secret.
        File.WriteAllText(
            In("config.yml"),
            $$"""
            version: 0.1
            log:
              level: info
              accesslog:
                disabled: true
            storage:
              filesystem:
                rootdirectory: {{In("store")}}
              delete:
                enabled: true
            http:
              addr: 127.0.0.1:0
              secret: {{Guid.NewGuid()}}{{tls}}{{auth}}

            """);
        return In("config.yml");
    }

    // Its log, up to its end, which is null.
    private static void Hear(string? line, TaskCompletionSource<string> listening)
    {
        if (line is null)
        {
            listening.TrySetException(new InvalidOperationException("docker-registry ended before it listened."));
        }
        else if (Listening().Match(line) is { Success: true } found)
        {
            listening.TrySetResult(found.Groups["host"].Value);
        }
    }

    [GeneratedRegex(@"listening on (?<host>127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
