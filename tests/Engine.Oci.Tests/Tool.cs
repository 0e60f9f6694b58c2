using System.Diagnostics;

namespace Engine.Oci.Tests;

/// <summary>Runs the real tools that the formats are compared with; a test is skipped where its tool is not installed.</summary>
internal static class Tool
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    public static void Require(params string[] tools)
    {
        foreach (string tool in tools)
        {
            Assert.SkipUnless(File.Exists("/usr/bin/" + tool), $"{tool} is not installed.");
        }
    }

    public static byte[] Run(string tool, IEnumerable<string> arguments, string? directory = null, byte[]? input = null)
    {
        var start = new ProcessStartInfo("/usr/bin/" + tool, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task feeding = Task.Run(() =>
        {
            using Stream into = process.StandardInput.BaseStream;
            into.Write(input);
        });
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        Assert.True(process.WaitForExit(s_limit), $"{tool} did not end");
        feeding.GetAwaiter().GetResult();
        Assert.True(process.ExitCode == 0, $"{tool} {string.Join(' ', arguments)}: {errors.Result}");
        return output.ToArray();
    }
}
