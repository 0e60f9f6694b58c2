using System.Diagnostics;
using System.Text.Json;
using Engine.Oci.Runtime;

namespace Engine.Oci.Tests.Runtime;

public sealed class RuntimeSpecTests
{
    [Fact]
    public void A_specification_is_written_with_the_keys_of_the_standard()
    {
        var spec = new RuntimeSpec
        {
            OciVersion = "1.0.2",
            Root = new RuntimeRoot { Path = "rootfs", Readonly = true },
            Process = new RuntimeProcess
            {
                User = new RuntimeUser { Uid = 1, Gid = 2, AdditionalGids = [3] },
                Args = ["sh"],
                Cwd = "/",
                Terminal = true,
                ConsoleSize = new ConsoleSize { Height = 24, Width = 80 },
                Rlimits = [new RuntimeRlimit { Type = "RLIMIT_NOFILE", Soft = 1, Hard = ulong.MaxValue }],
            },
            Linux = new LinuxSpec
            {
                Resources = new LinuxResources
                {
                    Devices = [new LinuxDeviceRule { Allow = false, Access = "rwm" }],
                    BlockIO = new LinuxBlockIO { ThrottleReadIOPSDevice = [new LinuxThrottleDevice { Major = 8, Minor = 0, Rate = 5 }] },
                    Memory = new LinuxMemory { DisableOOMKiller = true, Limit = 1 },
                },
                UidMappings = [new LinuxIdMapping { ContainerID = 0, HostID = 1000, Size = 1 }],
                Namespaces = [new LinuxNamespace { Type = "pid" }],
            },
        };
        Assert.Equal(
            """
            {"ociVersion":"1.0.2","root":{"path":"rootfs","readonly":true},
            "process":{"terminal":true,"consoleSize":{"height":24,"width":80},"user":{"uid":1,"gid":2,"additionalGids":[3]},
            "args":["sh"],"cwd":"/","rlimits":[{"type":"RLIMIT_NOFILE","soft":1,"hard":18446744073709551615}]},
            "linux":{"uidMappings":[{"containerID":0,"hostID":1000,"size":1}],
            "resources":{"devices":[{"allow":false,"access":"rwm"}],"memory":{"limit":1,"disableOOMKiller":true},
            "blockIO":{"throttleReadIOPSDevice":[{"major":8,"minor":0,"rate":5}]}},"namespaces":[{"type":"pid"}]}}
            """.ReplaceLineEndings(""),
            JsonSerializer.Serialize(spec, RuntimeJsonContext.Default.RuntimeSpec));
    }

    [Fact]
    public async Task What_crun_writes_as_an_example_reads_and_writes_back()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/crun"), "crun is not installed.");
        DirectoryInfo bundle = Directory.CreateTempSubdirectory("engine-oci-");
        try
        {
            using Process crun = Process.Start(new ProcessStartInfo("/usr/bin/crun", ["spec"]) { WorkingDirectory = bundle.FullName })!;
            await crun.WaitForExitAsync(TestContext.Current.CancellationToken);
            byte[] written = await File.ReadAllBytesAsync(Path.Combine(bundle.FullName, "config.json"), TestContext.Current.CancellationToken);
            RuntimeSpec spec = JsonSerializer.Deserialize(written, RuntimeJsonContext.Default.RuntimeSpec)!;
            using JsonDocument expected = JsonDocument.Parse(written);
            using JsonDocument actual = JsonSerializer.SerializeToDocument(spec, RuntimeJsonContext.Default.RuntimeSpec);
            Assert.True(JsonElement.DeepEquals(expected.RootElement, actual.RootElement), "a key was lost: " + actual.RootElement);
        }
        finally
        {
            bundle.Delete(recursive: true);
        }
    }
}
