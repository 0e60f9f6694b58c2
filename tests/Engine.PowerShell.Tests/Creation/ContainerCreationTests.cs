namespace Engine.Commands.Tests;

public class ContainerCreationTests
{
    [Fact]
    public async Task Every_parameter_reaches_the_engine()
    {
        ContainerConfiguration made = await CreateAsync("""
            -Platform linux/arm64 -AutoRemove -Entrypoint /bin/sh, -e -Environment @{ A = 1; B = 'x y' } -Label a=1, b
            -Annotation @{ k = 'v' } -WorkingDirectory /srv -User 1000:100 -Group audio -Hostname h -DomainName d -Network host
            -ReadOnly -DeviceCgroupRule 'c 13:* rwm' -Memory 512m -MemoryReservation 256MB -MemorySwap -1
            -ShmSize 1g -Cpus 1.5 -CpuShares 512 -CpuPeriod 100000 -CpuQuota 50000 -CpuSet 0-1 -MemorySet 0 -PidsLimit 100
            -Ulimit @{ nofile = '1024:2048' } -OomScoreAdjust 500 -CapAdd NET_ADMIN -CapDrop ALL -Privileged -NoNewPrivileges
            -Sysctl net.ipv4.ip_forward=1 -Pid host -Ipc shareable -Uts host -CgroupNamespace private -CgroupParent /p
            -Runtime runc -Init -StopSignal INT -StopTimeout 1m30s
            """);
        Assert.Equal(["/bin/sh", "-e"], made.Entrypoint);
        Assert.Equal(["A=1", "B=x y"], made.Environment);
        Assert.Equal("", made.Labels["b"]);
        Assert.Equal("v", made.Annotations["k"]);
        Assert.Equal("1", made.Sysctls["net.ipv4.ip_forward"]);
        Assert.Equal([new Ulimit("nofile", 1024, 2048)], made.Ulimits);
        Assert.Equal(
            new ContainerResources
            {
                Memory = 512L << 20,
                MemoryReservation = 256L << 20,
                MemorySwap = -1,
                NanoCpus = 1_500_000_000,
                CpuShares = 512,
                CpuPeriod = 100000,
                CpuQuota = 50000,
                CpuSet = "0-1",
                MemorySet = "0",
                PidsLimit = 100,
            },
            made.Resources);
        Assert.Equal(
            ("linux/arm64", "/srv", "1000:100", "h", "d", "host", true, true, true, true, "INT", TimeSpan.FromSeconds(90)),
            (made.Platform, made.WorkingDirectory, made.User, made.Hostname, made.DomainName, made.NetworkMode, made.AutoRemove,
                made.ReadOnlyRootFileSystem, made.Privileged, made.NoNewPrivileges, made.StopSignal, made.StopTimeout));
        Assert.Equal(
            ("host", "shareable", "host", "private", "/p", "runc", true, 1L << 30, 500),
            (made.PidMode, made.IpcMode, made.UtsMode, made.CgroupNamespaceMode, made.CgroupParent, made.Runtime, made.Init,
                made.ShmSize, made.OomScoreAdjust));
        Assert.Equal(["audio"], made.Groups);
        Assert.Equal(["NET_ADMIN"], made.CapabilitiesToAdd);
        Assert.Equal(["ALL"], made.CapabilitiesToDrop);
        Assert.Equal(["c 13:* rwm"], made.DeviceCgroupRules);
    }

    [Fact]
    public async Task Nothing_asked_for_leaves_everything_to_the_engine()
    {
        ContainerConfiguration made = await CreateAsync("");
        Assert.Null(made.Entrypoint);
        Assert.Null(made.Init);
        Assert.Null(made.SeccompProfile);
        Assert.Null(made.MaskedPaths);
        Assert.Equal(new ContainerResources(), made.Resources);
    }

    [Fact]
    public async Task Mounts_are_written_as_docker_writes_them()
    {
        ContainerConfiguration made = await CreateAsync(
            "-Volume '/a:/b:ro,rslave' -Tmpfs '/t:size=64m,mode=1770,uid=5' -Mount (New-ContainerMount /c /d -NonRecursive)");
        Assert.Equal(3, made.Mounts.Count);
        Assert.Equal(
            ("/a", "/b", true, MountPropagation.RecursiveSlave, true),
            (made.Mounts[0].Source, made.Mounts[0].Target, made.Mounts[0].ReadOnly, made.Mounts[0].Propagation, made.Mounts[0].CreateSource));
        Assert.Equal(("/c", "/d", true, false), (made.Mounts[1].Source, made.Mounts[1].Target, made.Mounts[1].NonRecursive, made.Mounts[1].CreateSource));
        Assert.Equal(("/t", 64L << 20, Convert.ToInt32("1770", 8)), (made.Mounts[2].Target, made.Mounts[2].TmpfsSize, made.Mounts[2].TmpfsMode));
        Assert.Equal(["uid=5"], made.Mounts[2].TmpfsOptions);
    }

    [Fact]
    public async Task An_empty_entrypoint_takes_the_images_away() =>
        Assert.Equal([], (await CreateAsync("-Entrypoint ''")).Entrypoint);

    [Fact]
    public async Task Security_options_are_dockers_strings()
    {
        ContainerConfiguration made = await CreateAsync("-SecurityOption no-new-privileges, seccomp=unconfined, systempaths=unconfined");
        Assert.True(made.NoNewPrivileges);
        Assert.Equal("unconfined", made.SeccompProfile);
        Assert.Equal([], made.MaskedPaths);
        Assert.Equal([], made.ReadOnlyPaths);
    }

    [Fact]
    public async Task Files_are_read_on_this_machine_and_the_line_wins_over_them()
    {
        string folder = Directory.CreateTempSubdirectory("engine-test-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "env"), "# comment\n\nA=file\nB=file\n", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "seccomp.json"), "{\"x\":1}", TestContext.Current.CancellationToken);
            ContainerConfiguration made = await CreateAsync(
                $"-EnvironmentFile {folder}/env -Environment A=line -SeccompProfile {folder}/seccomp.json -LabelFile {folder}/env");
            Assert.Equal(["A=file", "B=file", "A=line"], made.Environment);
            Assert.Equal("{\"x\":1}", made.SeccompProfile);
            Assert.Equal("file", made.Labels["B"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("-Volume /a", "InvalidContainerConfiguration")]
    [InlineData("-Volume data:/b", "InvalidContainerConfiguration")]
    [InlineData("-Volume /a:b", "InvalidContainerConfiguration")]
    [InlineData("-Volume /a:/b:nope", "InvalidContainerConfiguration")]
    [InlineData("-Tmpfs t", "InvalidContainerConfiguration")]
    [InlineData("-Tmpfs /t:mode=9", "InvalidContainerConfiguration")]
    [InlineData("-Tmpfs /t:size=lots", "InvalidContainerConfiguration")]
    [InlineData("-Label =x", "InvalidContainerConfiguration")]
    [InlineData("-SecurityOption apparmor=x", "InvalidContainerConfiguration")]
    [InlineData("-SeccompProfile /nonexistent/profile.json", "FileNotFound")]
    [InlineData("-EnvironmentFile /nonexistent/env", "FileNotFound")]
    [InlineData("-Ulimit nofile", "ParameterArgumentTransformationError")]
    [InlineData("-Ulimit nofile=x", "ParameterArgumentTransformationError")]
    [InlineData("-Memory lots", "ParameterArgumentTransformationError")]
    [InlineData("-Memory 99999999999p", "ParameterArgumentTransformationError")]
    [InlineData("-StopTimeout soon", "ParameterArgumentTransformationError")]
    [InlineData("-Device /dev/x:rwmx", "ParameterArgumentTransformationError")]
    [InlineData("-OomScoreAdjust 1001", "ParameterArgumentValidationError")]
    public async Task What_is_malformed_is_refused_before_the_engine_is_asked(string parameters, string id)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        Assert.Equal([id], session.Run($"New-Container busybox {parameters}").ErrorIds);
        Assert.Null(engine.Created);
    }

    private static async Task<ContainerConfiguration> CreateAsync(string parameters)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get($"New-Container busybox {parameters.ReplaceLineEndings(" ")}");
        return engine.Created!;
    }
}
