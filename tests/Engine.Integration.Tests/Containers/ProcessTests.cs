using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

/// <summary>What runs in a container, as whom, where, and with which environment.</summary>
public sealed class ProcessTests(EngineFixture fixture) : ContainerTest(fixture)
{
    private async Task<string> ImageAsync(params string[] changes)
    {
        string reference = $"process-{NewName()}:1";
        using var archive = new MemoryStream(BusyboxImage.Archive, writable: false);
        await ImageArchives.ImportOneAsync(
            Engine.Client, archive, new ImageImport { References = [reference], Changes = changes }, Cancel);
        return reference;
    }

    [Fact]
    public async Task The_environment_is_the_default_path_the_host_name_the_home_the_image_s_and_the_request_s()
    {
        RunResult run =
            await RunAsync(Config("env") with { Environment = ["A=1", "B=x=y", "A=2"], Hostname = "named" });
        string[] variables = run.Lines.Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(
            ["A=2", "B=x=y", "FROM_IMAGE=yes", "HOME=/root", "HOSTNAME=named",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
            variables);
    }

    [Fact]
    public async Task A_bare_name_takes_a_variable_of_the_image_away()
    {
        RunResult run = await RunAsync(Config("env") with { Environment = ["FROM_IMAGE"] });
        Assert.DoesNotContain(run.Lines, v => v.StartsWith("FROM_IMAGE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Any_text_survives_in_arguments_and_environment()
    {
        const string text = "a \"b\" 'c' $d `e` \\f \t\n ünï 🐳";
        RunResult run = await RunAsync(
            Config("sh", "-c", "printf '%s|%s' \"$V\" \"$1\"", "sh", text) with { Environment = ["V=" + text] });
        Assert.Equal($"{text}|{text}", run.Output.TrimEnd('\n'));
    }

    [Fact]
    public async Task The_host_name_is_the_short_id_unless_one_is_given()
    {
        RunResult run = await RunAsync(Script("hostname; cat /etc/hostname"));
        Assert.Equal([run.Container.Id[..12], run.Container.Id[..12]], run.Lines);
        run = await RunAsync(
            Script("hostname; cat /proc/sys/kernel/domainname; cat /etc/hostname") with
            {
                Hostname = "given",
                DomainName = "example.org",
            });
        Assert.Equal(["given", "example.org"], run.Lines[..2]);
    }

    [Fact]
    public async Task The_working_directory_is_made_when_it_is_missing()
    {
        RunResult run = await RunAsync(Script("pwd; stat -c '%a %u' .") with { WorkingDirectory = "/made/here" });
        Assert.Equal("/made/here\n755 0", run.Text);
    }

    [Theory]
    [InlineData(null, "0", "0", "0 10", "/root")]
    [InlineData("alice", "1000", "1000", "10 50 1000", "/home/alice")]
    [InlineData("1000", "1000", "1000", "10 50 1000", "/home/alice")]
    [InlineData("alice:video", "1000", "44", "44", "/home/alice")]
    [InlineData("alice:7777", "1000", "7777", "7777", "/home/alice")]
    [InlineData("2000", "2000", "0", "0", "/")]
    [InlineData("2000:3000", "2000", "3000", "3000", "/")]
    [InlineData("1234", "4321", "50", "50", "/")]
    public async Task The_user_is_looked_up_in_the_image(
        string? user, string uid, string gid, string groups, string home)
    {
        RunResult run = await RunAsync(
            Script("id -u; id -g; id -G | tr ' ' '\\n' | sort -nu | tr '\\n' ' '; echo; echo $HOME") with
            {
                User = user,
            });
        Assert.Equal([uid, gid, groups, home], run.Text.Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public async Task Groups_are_added_by_name_and_by_number()
    {
        RunResult run = await RunAsync(Script("id -G") with { User = "bob:bob", Groups = ["video", "9999"] });
        Assert.Equal(["1001", "44", "9999"], run.Text.Split(' ').Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("nobody-here", null)]
    [InlineData("alice:nothing", null)]
    [InlineData("alice", "nothing")]
    public async Task A_user_or_group_that_the_image_does_not_have_is_refused(string user, string? group)
    {
        EngineException error = await FailsAsync(
            EngineErrorReason.UserNotFound,
            async () => await RunAsync(Config("true") with { User = user, Groups = group is null ? [] : [group] }));
        Assert.Contains(group ?? user.Split(':')[^1], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_image_s_command_runs_when_none_is_given()
    {
        string image = await ImageAsync("CMD [\"echo\", \"from image\"]");
        Assert.Equal("from image", (await RunAsync(new ContainerConfiguration { Image = image })).Text);
        Assert.Equal(
            "mine", (await RunAsync(new ContainerConfiguration { Image = image, Command = ["echo", "mine"] })).Text);
    }

    [Fact]
    public async Task An_entrypoint_comes_before_the_command_and_a_new_one_drops_the_image_s_command()
    {
        string image = await ImageAsync("ENTRYPOINT [\"echo\", \"entry\"]", "CMD [\"command\"]");
        var plain = new ContainerConfiguration { Image = image };
        Assert.Equal("entry command", (await RunAsync(plain)).Text);
        Assert.Equal("entry mine", (await RunAsync(plain with { Command = ["mine"] })).Text);
        Assert.Equal("other", (await RunAsync(plain with { Entrypoint = ["echo", "other"] })).Text);
        Assert.Equal(
            "other mine", (await RunAsync(plain with { Entrypoint = ["echo", "other"], Command = ["mine"] })).Text);
        Assert.Equal("alone", (await RunAsync(plain with { Entrypoint = [], Command = ["echo", "alone"] })).Text);
        Assert.Equal(["echo", "entry", "command"], (await CreateAsync(plain)).Command);
    }

    [Fact]
    public async Task Without_any_command_there_is_nothing_to_run()
    {
        string image = await ImageAsync();
        await FailsAsync(EngineErrorReason.NoCommand, () => CreateAsync(new ContainerConfiguration { Image = image }));
        await FailsAsync(
            EngineErrorReason.NoCommand,
            () => CreateAsync(
                new ContainerConfiguration { Image = BusyboxImage.Reference, Entrypoint = [], Command = [] }));
    }

    [Fact]
    public async Task The_image_s_user_directory_labels_and_stop_signal_hold_unless_others_are_given()
    {
        string image = await ImageAsync(
            "USER alice", "WORKDIR /srv", "LABEL a=1 b=2", "STOPSIGNAL SIGUSR1", "ENV A=image",
            "CMD [\"sh\", \"-c\", \"id -u; pwd; echo $A\"]");
        RunResult run = await RunAsync(new ContainerConfiguration { Image = image });
        Assert.Equal("1000\n/srv\nimage", run.Text);
        Assert.Equal(("1", "SIGUSR1"), (run.Container.Labels["a"], run.Container.Configuration.StopSignal));
        run = await RunAsync(new ContainerConfiguration
        {
            Image = image,
            User = "bob",
            WorkingDirectory = "/tmp",
            Environment = ["A=mine"],
            Labels = new Dictionary<string, string> { ["a"] = "3" },
        });
        Assert.Equal("1001\n/tmp\nmine", run.Text);
        Assert.Equal(("3", "2"), (run.Container.Labels["a"], run.Container.Labels["b"]));
    }

    [Fact]
    public async Task An_init_is_process_1_and_reaps_zombies()
    {
        // The orphan's parent is process 1: without an init it would stay a zombie.
        const string script =
            "(sh -c 'sleep 0.05 & echo $! >/orphan') ; while kill -0 $(cat /orphan) 2>/dev/null; do sleep 0.02; "
                + "done; cat /proc/1/comm; exit 5";
        RunResult run = await RunAsync(Script(script) with { Init = true });
        Assert.Equal(5, run.ExitCode);
        Assert.DoesNotContain("sh", run.Lines[^1], StringComparison.Ordinal);
        RunResult plain = await RunAsync(Script("cat /proc/1/comm"));
        Assert.Contains(plain.Text, (string[])["sh", "cat"]);
    }

    [Fact]
    public async Task An_init_forwards_signals_and_the_exit_code()
    {
        Container container = await StartReadyAsync(Sleeper() with { Init = true });
        await Containers.StopAsync(container.Id, null, null, Cancel);
        Assert.Equal(143, (await GetAsync(container)).ExitCode);
    }

    [Fact]
    public async Task Standard_input_is_empty()
    {
        Assert.Equal("0", (await RunAsync(Script("wc -c"))).Text);
    }

    [Fact]
    public async Task No_file_of_the_engine_is_open_in_the_container()
    {
        // The three standard ones, and the one that ls reads the directory with.
        RunResult run = await RunAsync(Config("ls", "-l", "/proc/self/fd"));
        string[] descriptors = run.Lines.Where(l => l.Contains("->", StringComparison.Ordinal)).ToArray();
        Assert.True(descriptors.Length is 3 or 4, run.Output);
    }
}
