using System.Diagnostics;

namespace Engine.Integration.Tests.Harness;

/// <summary>skopeo: reads and writes what is in registries, and computes every digest on the way.</summary>
internal static class Skopeo
{
    /// <summary>Pushes the image, or the index, of an OCI archive.</summary>
    /// <param name="archive">The archive; it holds one.</param>
    /// <param name="reference">Where to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task PushAsync(byte[] archive, string reference, CancellationToken cancellationToken)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, archive, cancellationToken);
            await RunAsync(
                cancellationToken, "copy", "--all", "--preserve-digests", "--dest-tls-verify=false",
                "oci-archive:" + file, "docker://" + reference);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The manifest or index that a registry has, byte for byte.</summary>
    public static Task<string> RawAsync(string reference, CancellationToken cancellationToken) =>
        RunAsync(cancellationToken, "inspect", "--raw", "--tls-verify=false", "docker://" + reference);

    /// <summary>Runs it, and gives what it writes.</summary>
    public static async Task<string> RunAsync(CancellationToken cancellationToken, params string[] arguments)
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
}
