using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class CreateTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Fact]
    public async Task A_created_container_is_there_and_does_not_run()
    {
        string name = NewName();
        Container created = await CreateAsync(Config("true"), name);
        Container container = await GetAsync(created);
        Assert.Matches("^[0-9a-f]{64}$", container.Id);
        Assert.Equal(name, container.Name);
        Assert.Equal(ContainerState.Created, container.State);
        Assert.Equal("Created", container.Status);
        Assert.Null(container.ExitCode);
        Assert.Null(container.Pid);
        Assert.Null(container.StartedAt);
        Assert.Null(container.FinishedAt);
        Assert.Equal(["true"], container.Command);
        Assert.Equal(BusyboxImage.Reference, container.Image);
        Assert.Equal(Image.Id, container.ImageId);
        Assert.InRange(
            container.CreatedAt, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_container_without_a_name_gets_one_of_an_adjective_and_a_surname()
    {
        var (container, warnings) = await Containers.CreateAsync(Config("true"), name: null, Cancel);
        Track(container);
        Assert.Matches("^[a-z]+_[a-z]+[0-9]?$", container.Name);
        Assert.Empty(warnings);
        Assert.Equal(container.Id, (await Containers.GetAsync(container.Name, false, Cancel)).Id);
    }

    [Fact]
    public async Task A_taken_name_is_refused_with_its_owner_until_the_owner_is_gone()
    {
        string name = NewName();
        Container first = await CreateAsync(Config("true"), name);
        EngineException error = await FailsAsync(
            EngineErrorReason.ContainerNameInUse, () => CreateAsync(Config("true"), name));
        Assert.Equal(EngineErrorCode.AlreadyExists, error.Code);
        Assert.Equal(name, error.Target);
        Assert.Contains(first.Id, error.Message, StringComparison.Ordinal);
        await Containers.RemoveAsync(name, force: false, Cancel);
        Container second = await CreateAsync(Config("true"), name);
        Assert.NotEqual(first.Id, second.Id);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("../x")]
    [InlineData("ä-b")]
    public async Task A_bad_name_is_refused(string name) =>
        await FailsAsync(EngineErrorReason.InvalidContainerName, () => CreateAsync(Config("true"), name));

    [Fact]
    public async Task A_leading_slash_is_no_part_of_the_name()
    {
        string name = NewName();
        Container container = await CreateAsync(Config("true"), "/" + name);
        Assert.Equal(name, container.Name);
        Assert.Equal(container.Id, (await Containers.GetAsync("/" + name, false, Cancel)).Id);
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_named_in_the_error()
    {
        EngineException error = await FailsAsync(
            EngineErrorReason.ImageNotFound, () => CreateAsync(Config("true") with { Image = "no/such-image:1" }));
        Assert.Equal(EngineErrorCode.NotFound, error.Code);
        Assert.Contains("no/such-image", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_for_another_platform_is_not_used() =>
        await FailsAsync(
            EngineErrorReason.PlatformNotFound,
            () => CreateAsync(Config("true") with { Platform = "linux/s390x" }));

    [Fact]
    public async Task The_image_can_be_given_by_its_id_and_by_a_prefix_of_it()
    {
        string digits = Image.Id["sha256:".Length..];
        Assert.Equal(Image.Id, (await CreateAsync(Config("true") with { Image = Image.Id })).ImageId);
        Assert.Equal(Image.Id, (await CreateAsync(Config("true") with { Image = digits[..16] })).ImageId);
    }

    [Fact]
    public async Task All_faults_of_a_configuration_are_told_at_once_and_nothing_is_made()
    {
        string name = NewName();
        EngineException error = await FailsAsync(
            EngineErrorReason.InvalidContainerConfiguration,
            () => CreateAsync(
                Config("true") with { WorkingDirectory = "relative", OomScoreAdjust = 5000, NetworkMode = "moon" },
                name));
        Assert.Contains("WorkingDirectory", error.Message, StringComparison.Ordinal);
        Assert.Contains("OomScoreAdjust", error.Message, StringComparison.Ordinal);
        Assert.Contains("NetworkMode", error.Message, StringComparison.Ordinal);
        await FailsAsync(EngineErrorReason.ContainerNotFound, () => Containers.GetAsync(name, false, Cancel));
    }

    [Fact]
    public async Task A_bind_mount_of_nothing_is_refused() =>
        await FailsAsync(
            EngineErrorReason.MountSourceNotFound,
            () => CreateAsync(Config("true") with
            {
                Mounts = [new() { Type = ContainerMountType.Bind, Source = "/no/such/source", Target = "/x" }],
            }));

    [Fact]
    public async Task A_stop_signal_that_is_none_is_refused() =>
        await FailsAsync(
            EngineErrorReason.InvalidSignal, () => CreateAsync(Config("true") with { StopSignal = "SIGWHAT" }));

    [Fact]
    public async Task A_runtime_that_is_not_there_is_refused_and_nothing_is_made()
    {
        string name = NewName();
        await Assert.ThrowsAsync<EngineException>(
            () => CreateAsync(Config("true") with { Runtime = "no-such-runtime" }, name));
        await FailsAsync(EngineErrorReason.ContainerNotFound, () => Containers.GetAsync(name, false, Cancel));
    }

    [Fact]
    public async Task What_was_asked_for_is_what_inspect_shows()
    {
        ContainerConfiguration asked = Config("true") with
        {
            Environment = ["A=1", "B=two words"],
            Labels = new Dictionary<string, string> { ["tier"] = "web", ["empty"] = "" },
            Annotations = new Dictionary<string, string> { ["org.example.note"] = "n" },
            WorkingDirectory = "/srv",
            User = "alice",
            Groups = ["wheel"],
            Hostname = "inspected",
            DomainName = "example.org",
            StopSignal = "SIGUSR1",
            StopTimeout = TimeSpan.FromSeconds(3),
            ReadOnlyRootFileSystem = true,
            Mounts = [new() { Type = ContainerMountType.Tmpfs, Target = "/run", TmpfsSize = 65536, TmpfsMode = 0x1C0 }],
            CapabilitiesToAdd = ["NET_ADMIN"],
            CapabilitiesToDrop = ["CHOWN"],
            NoNewPrivileges = true,
            Ulimits = [new("nofile", 256, 512)],
            Sysctls = new Dictionary<string, string> { ["kernel.msgmax"] = "4096" },
            Init = true,
            ShmSize = 1 << 20,
            Resources = new ContainerResources { Memory = 64 << 20, PidsLimit = 50, CpuShares = 512 },
            OomScoreAdjust = 100,
        };
        ContainerConfiguration kept = (await GetAsync(await CreateAsync(asked))).Configuration;
        Assert.Contains("A=1", kept.Environment);
        Assert.Contains("B=two words", kept.Environment);
        Assert.Contains("FROM_IMAGE=yes", kept.Environment);
        Assert.Equal("web", kept.Labels["tier"]);
        Assert.Equal("", kept.Labels["empty"]);
        Assert.Equal("image", kept.Labels["from"]);
        Assert.Equal("n", kept.Annotations["org.example.note"]);
        Assert.Equal(
            ("/srv", "alice", "inspected", "example.org"),
            (kept.WorkingDirectory, kept.User, kept.Hostname, kept.DomainName));
        Assert.Equal(["wheel"], kept.Groups);
        Assert.Equal(TimeSpan.FromSeconds(3), kept.StopTimeout);
        Assert.True(kept is { ReadOnlyRootFileSystem: true, NoNewPrivileges: true, Init: true });
        ContainerMount mount = Assert.Single(kept.Mounts);
        Assert.Equal(
            (ContainerMountType.Tmpfs, "/run", 65536L, 0x1C0),
            (mount.Type, mount.Target, mount.TmpfsSize, mount.TmpfsMode));
        Assert.Equal(["NET_ADMIN"], kept.CapabilitiesToAdd);
        Assert.Equal(["CHOWN"], kept.CapabilitiesToDrop);
        Assert.Contains(new Ulimit("nofile", 256, 512), kept.Ulimits);
        Assert.Equal("4096", kept.Sysctls["kernel.msgmax"]);
        Assert.Equal(1L << 20, kept.ShmSize);
        Assert.Equal(64L << 20, kept.Resources.Memory);
        Assert.Equal((50L, 512L, 100), (kept.Resources.PidsLimit, kept.Resources.CpuShares, kept.OomScoreAdjust));
    }

    [Fact]
    public async Task Two_hundred_containers_at_once_get_two_hundred_ids_and_names()
    {
        Container[] all = await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            var (container, _) = await Containers.CreateAsync(Config("true"), name: null, Cancel);
            Track(container);
            return container;
        }));
        Assert.Equal(200, all.Select(c => c.Id).Distinct().Count());
        Assert.Equal(200, all.Select(c => c.Name).Distinct().Count());
    }
}
