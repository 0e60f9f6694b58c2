using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Engine.Integration.Tests.Harness;

/// <summary>A docker-registry on loopback with a directory of its own.</summary>
public sealed class LocalRegistry : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("engine-registry-").FullName;
    private readonly Process _process;

    private LocalRegistry(int port)
    {
        Address = $"localhost:{port}";
        string configuration = Path.Combine(_directory, "config.yml");
        File.WriteAllText(
            configuration,
            $$"""
            version: 0.1
            log: {level: error}
            storage:
              filesystem: {rootdirectory: "{{_directory}}/data"}
              delete: {enabled: true}
            http:
              addr: 127.0.0.1:{{port}}
            """);
        _process = Process.Start(new ProcessStartInfo("/usr/bin/docker-registry", ["serve", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The host and port, as references have it.</summary>
    public string Address { get; }

    public static async Task<LocalRegistry> StartAsync(CancellationToken cancellationToken)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var registry = new LocalRegistry(port);
        using var client = new HttpClient();
        await Limit.UntilAsync(
            async () =>
            {
                try
                {
                    return (await client.GetAsync(new Uri($"http://{registry.Address}/v2/"), cancellationToken)).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            Limit.EngineStart,
            () => "docker-registry does not answer.",
            cancellationToken);
        return registry;
    }

    /// <summary>Pushes the image, or the index, of an OCI archive with skopeo.</summary>
    public async Task FillAsync(byte[] archive, string name, CancellationToken cancellationToken)
    {
        string file = Path.Combine(_directory, Guid.NewGuid().ToString("N") + ".tar");
        await File.WriteAllBytesAsync(file, archive, cancellationToken);
        await SkopeoAsync(
            cancellationToken, "copy", "--all", "--preserve-digests", "--dest-tls-verify=false", "oci-archive:" + file,
            $"docker://{Address}/{name}");
        File.Delete(file);
    }

    /// <summary>Runs skopeo, and gives what it writes.</summary>
    public static async Task<string> SkopeoAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using Process skopeo = Process.Start(new ProcessStartInfo("skopeo", ["--insecure-policy", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = skopeo.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await skopeo.StandardError.ReadToEndAsync(cancellationToken);
        await skopeo.WaitForExitAsync(cancellationToken);
        Assert.True(skopeo.ExitCode == 0, $"skopeo {string.Join(' ', arguments)}: {errors}");
        return await output;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
