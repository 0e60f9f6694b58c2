using System.Diagnostics;
using System.Globalization;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images;

public sealed class CommitTests(EngineFixture fixture) : ImageTest(fixture)
{
    private const string Changes =
        "echo new > /new; echo more >> /etc/group; rm /etc/data; rm -rf /d/gone; rm -rf /d/dir; echo file > /d/dir; "
        + "rm /d/file; mkdir /d/file; echo in > /d/file/in; rm -rf /d/opaque; mkdir /d/opaque; echo 2 > /d/opaque/two; "
        + "ln /d/hard /d/hard2; ln -s nowhere /d/soft; cp /bin/busybox /d/setuid; chmod 4755 /d/setuid; "
        + "mknod /d/null c 1 3; mkfifo /d/fifo; chown 1234:4321 /d/owned; chmod 1777 /d; touch -d '2001-02-03 04:05:06' /d/owned";

    [Fact]
    public async Task A_container_of_the_image_sees_what_the_container_saw()
    {
        string below = NewReference(), reference = NewReference();
        using var layer = new TestLayer();
        layer.Directory("d/").File("d/file", "1").File("d/owned", "1").Directory("d/dir/").File("d/dir/f", "1")
            .Directory("d/gone/").File("d/gone/f", "1").Directory("d/opaque/").File("d/opaque/one", "1")
            .File("d/hard", "1").File("d/kept", "1");
        var layout = new TestLayout { Name = below };
        layout.Add(BusyboxImage.Archive, "gzip").Add(layer.ToArray(), "gzip");
        ContainerImage parent = await ImportOneAsync(layout.ToOciArchive());

        Container container = await StartReadyAsync(
            Script($"{Changes}; echo ready; sleep 1000") with { Image = below });
        await RunToolAsync("setfattr", "-n", "user.mine", "-v", "0x00ff0a", $"/proc/{container.Pid}/root/d/kept");
        await RunToolAsync("setcap", "cap_net_raw+ep", $"/proc/{container.Pid}/root/d/kept");
        string seen = await InsideAsync(container, ContainerTree.Describe);
        ContainerImage image = await Images.CommitAsync(
            new ImageCommit { Container = container.Id, Reference = reference }, Cancel);
        Assert.Equal(parent.Layers, image.Layers.Take(2));
        Assert.Equal(3, image.Layers.Count);
        Assert.Equal((parent.Id, reference), (image.Parent, Assert.Single(image.References)));

        Container again = await StartReadyAsync(Sleeper() with { Image = reference });
        Assert.Equal(seen, await InsideAsync(again, ContainerTree.Describe));
        string file = $"/proc/{again.Pid}/root/d/kept";
        Assert.Contains("user.mine=0x00ff0a", await RunToolAsync("getfattr", "-e", "hex", "-n", "user.mine", "--absolute-names", file));
        Assert.Contains("cap_net_raw=ep", await RunToolAsync("getcap", file));
    }

    [Fact]
    public async Task The_configuration_is_the_container_s_with_the_changes()
    {
        string reference = NewReference();
        Container container = await CreateAsync(Config("echo", "a b") with
        {
            Environment = ["A=1"],
            Labels = new Dictionary<string, string> { ["mine"] = "yes" },
            WorkingDirectory = "/tmp",
            User = "alice",
            StopSignal = "SIGINT",
        });
        ContainerImage image = await Images.CommitAsync(
            new ImageCommit
            {
                Container = container.Name,
                Reference = reference,
                Author = "somebody",
                Message = "a message",
                Changes = ["ENV B=2", "LABEL more=yes", "EXPOSE 80", "VOLUME /v", "USER bob"],
            }, Cancel);
        ImageConfiguration configuration = image.Configuration;
        Assert.Equal(["echo", "a b"], configuration.Command);
        Assert.Superset(new HashSet<string> { "A=1", "B=2", "FROM_IMAGE=yes" }, configuration.Environment.ToHashSet());
        Assert.Equal(["from", "mine", "more"], configuration.Labels.Keys.Order());
        Assert.Equal(("bob", "/tmp", "SIGINT"), (configuration.User, configuration.WorkingDirectory, configuration.StopSignal));
        Assert.Equal(["80/tcp", "/v"], [.. configuration.ExposedPorts, .. configuration.Volumes]);
        Assert.Equal(("somebody", "a message"), (image.Author, image.Comment));

        IReadOnlyList<ImageHistoryEntry> history = await Images.GetHistoryAsync(reference, null, Cancel);
        Assert.Equal(
            (image.Id, "echo a b", "somebody", "a message", reference, 0L, (string?)null),
            (history[0].Id, history[0].CreatedBy, history[0].Author, history[0].Comment, Assert.Single(history[0].Tags),
                history[0].Size, history[0].Layer));
        Assert.Equal(("", Image.Layers[0]), (history[1].Id, history[1].Layer));
        Assert.True(history[1].Size > 0, "The layer below has no size.");
        Assert.Equal("a b", (await RunAsync(new ContainerConfiguration { Image = reference })).Text);
    }

    [Fact]
    public async Task An_entry_point_among_the_changes_drops_the_container_s_command()
    {
        Container container = await CreateAsync(Config("a", "command"));
        ContainerImage image = await Images.CommitAsync(
            new ImageCommit { Container = container.Id, Changes = ["ENTRYPOINT [\"echo\", \"entry\"]"], Reference = NewReference() },
            Cancel);
        Assert.Equal(["echo", "entry"], image.Configuration.Entrypoint);
        Assert.Empty(image.Configuration.Command);
        image = await Images.CommitAsync(
            new ImageCommit
            {
                Container = container.Id,
                Changes = ["CMD [\"kept\"]", "ENTRYPOINT [\"echo\", \"entry\"]"],
                Reference = NewReference(),
            }, Cancel);
        Assert.Equal(["echo", "entry"], image.Configuration.Entrypoint);
        Assert.Equal(["kept"], image.Configuration.Command);
    }

    [Fact]
    public async Task What_was_made_to_mount_on_is_no_change()
    {
        using var link = new TestLayer();
        link.Directory("real/").SymbolicLink("link", "real");
        var layout = new TestLayout { Name = NewReference() };
        layout.Add(BusyboxImage.Archive).Add(link.ToArray());
        ContainerImage parent = await ImportOneAsync(layout.ToOciArchive());
        RunResult run = await RunAsync(Config("cat", "/link/socket", "/deep/in/it/file") with
        {
            Image = layout.Name!,
            Init = true,
            Mounts =
            [
                new ContainerMount { Type = ContainerMountType.Bind, Source = "/etc/passwd", Target = "/link/socket" },
                new ContainerMount { Type = ContainerMountType.Bind, Source = "/etc/passwd", Target = "/deep/in/it/file" },
                new ContainerMount { Type = ContainerMountType.Tmpfs, Target = "/scratch" },
            ],
        });
        Assert.Equal(0, run.ExitCode);
        ContainerImage image = await Images.CommitAsync(
            new ImageCommit { Container = run.Container.Id, Reference = NewReference() }, Cancel);
        Assert.Equal(parent.Layers, image.Layers);
        Assert.Null((await Images.GetHistoryAsync(image.Id, null, Cancel))[0].Layer);
    }

    [Fact]
    public async Task A_change_beside_a_mount_is_one()
    {
        RunResult run = await RunAsync(Script("echo kept > /deep/in/kept") with
        {
            Mounts = [new ContainerMount { Type = ContainerMountType.Tmpfs, Target = "/deep/in/it" }],
        });
        string reference = NewReference();
        await Images.CommitAsync(new ImageCommit { Container = run.Container.Id, Reference = reference }, Cancel);
        RunResult again = await RunAsync(Script("find /deep; cat /deep/in/kept") with { Image = reference });
        Assert.Equal(["/deep", "/deep/in", "/deep/in/kept", "kept"], again.Lines);
    }

    [Fact]
    public async Task A_running_container_stands_still_while_its_files_are_read_and_goes_on()
    {
        Container container = await StartReadyAsync(Script(
            "dd if=/dev/urandom of=/big bs=1M count=64 2>/dev/null; echo 0 > /a; echo 0 > /z; echo ready; "
            + "i=0; while :; do i=$((i+1)); echo $i > /t; mv /t /a; echo $i > /t; mv /t /z; done"));
        string reference = NewReference();
        await Images.CommitAsync(new ImageCommit { Container = container.Id, Reference = reference }, Cancel);
        Assert.Equal(ContainerState.Running, await StateOfAsync(container));
        RunResult run = await RunAsync(Script("cat /a /z") with { Image = reference });
        int[] counts = [.. run.Lines.Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
        Assert.True(counts.Length == 2 && counts[0] - counts[1] is 0 or 1, $"They are not of one moment: {run.Text}");
        await StillWritesAsync(container);
    }

    [Fact]
    public async Task A_paused_container_stays_paused_and_one_that_must_not_be_paused_runs_on()
    {
        Container container = await StartReadyAsync(Script("echo ready; i=0; while :; do i=$((i+1)); echo $i > /a; done"));
        await Images.CommitAsync(
            new ImageCommit { Container = container.Id, Reference = NewReference(), Pause = false }, Cancel);
        await StillWritesAsync(container);
        await Containers.PauseAsync(container.Id, Cancel);
        await Images.CommitAsync(new ImageCommit { Container = container.Id, Reference = NewReference() }, Cancel);
        Assert.Equal(ContainerState.Paused, await StateOfAsync(container));
        await Containers.ResumeAsync(container.Id, Cancel);
        await StillWritesAsync(container);
    }

    [Fact]
    public async Task A_commit_that_is_cancelled_leaves_nothing_and_the_container_goes_on()
    {
        Container container = await StartReadyAsync(Script(
            "dd if=/dev/urandom of=/big bs=1M count=256 2>/dev/null; echo ready; "
            + "i=0; while :; do i=$((i+1)); echo $i > /a; done"));
        string reference = NewReference();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task commit = Images.CommitAsync(new ImageCommit { Container = container.Id, Reference = reference }, ends.Token);
        await Limit.UntilAsync(
            () => Directory.EnumerateFiles(Path.Combine(Engine.DataRoot, "ingest")).Any(), Limit.Settle,
            () => "No layer is being written.", Cancel);
        await ends.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit);
        await StillWritesAsync(container);
        await FailsAsync(EngineErrorReason.ImageNotFound, () => Images.GetAsync(reference, null, Cancel));
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public async Task A_commit_is_told_with_the_image_and_its_name()
    {
        string reference = NewReference();
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Container container = await CreateAsync(Config("true"));
        IAsyncEnumerable<EngineEvent> events = await Engine.Client.System.OpenEventsAsync(
            new EventQuery { Actions = ["commit"] }, watching.Token);
        ContainerImage image = await Images.CommitAsync(
            new ImageCommit { Container = container.Id, Reference = reference, Message = "why" }, Cancel);
        await foreach (EngineEvent told in events)
        {
            if (told.Id != container.Id)
            {
                continue;
            }

            Assert.Equal(("commit", container.Id), (told.Action, told.Id));
            Assert.Equal(
                (image.Id, "docker.io/library/" + reference, "why"),
                (told.Attributes["imageID"], told.Attributes["imageRef"], told.Attributes["comment"]));
            break;
        }
    }

    [Fact]
    public async Task What_cannot_be_committed_says_why()
    {
        Container container = await CreateAsync(Config("true"));
        await FailsAsync(
            EngineErrorReason.ContainerNotFound, () => Images.CommitAsync(new ImageCommit { Container = "no-such-container" }, Cancel));
        await FailsAsync(
            EngineErrorReason.InvalidReference,
            () => Images.CommitAsync(new ImageCommit { Container = container.Id, Reference = "UPPER" }, Cancel));
        await FailsAsync(
            EngineErrorReason.InvalidChange,
            () => Images.CommitAsync(new ImageCommit { Container = container.Id, Changes = ["RUN true"] }, Cancel));
    }

    private async Task StillWritesAsync(Container container)
    {
        string before = await File.ReadAllTextAsync($"/proc/{container.Pid}/root/a", Cancel);
        await Limit.UntilAsync(
            async () => await File.ReadAllTextAsync($"/proc/{container.Pid}/root/a", Cancel) != before, Limit.Settle,
            () => "The container's process does not go on.", Cancel);
    }

    private Task<string> InsideAsync(Container container, string script) => RunToolAsync(
        "nsenter", "--target", container.Pid.ToString()!, "--mount", "--root", "--wd=/", "/bin/sh", "-c", script);

    private async Task<string> RunToolAsync(string tool, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync(Cancel);
        string output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, $"{tool} {string.Join(' ', arguments)}: {await error}");
        return output;
    }
}
