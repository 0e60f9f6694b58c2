using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

/// <summary>The root file system, what is mounted on it by default, and tmpfs mounts.</summary>
public sealed class FileSystemTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Fact]
    public async Task What_a_container_writes_is_its_own()
    {
        RunResult first = await RunAsync(Script("echo mine >/etc/written; rm /etc/data; ls /etc/data"));
        Assert.NotEqual(0, first.ExitCode);
        RunResult second = await RunAsync(Script("ls /etc"));
        Assert.DoesNotContain("written", second.Lines);
        Assert.Contains("data", second.Lines);
    }

    [Fact]
    public async Task The_default_mounts_are_docker_s_to_the_option()
    {
        RunResult run = await RunAsync(Config("cat", "/proc/self/mountinfo"));
        Dictionary<string, (string Type, HashSet<string> Options)> mounts = Parse(run.Lines);
        AssertMount(mounts, "/proc", "proc", ["rw", "nosuid", "nodev", "noexec"]);
        AssertMount(mounts, "/dev", "tmpfs", ["rw", "nosuid", "mode=755", "size=65536k"]);
        AssertMount(mounts, "/dev/pts", "devpts", ["rw", "nosuid", "noexec", "gid=5", "mode=620", "ptmxmode=666"]);
        AssertMount(mounts, "/sys", "sysfs", ["ro", "nosuid", "nodev", "noexec"]);
        AssertMount(mounts, "/dev/mqueue", "mqueue", ["rw", "nosuid", "nodev", "noexec"]);
        AssertMount(mounts, "/dev/shm", "tmpfs", ["rw", "nosuid", "nodev", "noexec", "size=65536k"]);
        Assert.Contains(
            mounts, m => m.Key.StartsWith("/sys/fs/cgroup", StringComparison.Ordinal)
            && m.Value.Options.Contains("ro"));
        Assert.Equal("overlay", mounts["/"].Type);
        Assert.Contains("rw", mounts["/"].Options);
    }

    [Fact]
    public async Task The_default_devices_are_docker_s()
    {
        RunResult run = await RunAsync(
            Script(
                    "cd /dev; for d in null zero full random urandom tty; do stat -c '%n %a %t:%T' $d; done; "
                        + "for l in fd stdin stdout stderr ptmx; do readlink $l; done"));
        Assert.Equal(
            ["null 666 1:3", "zero 666 1:5", "full 666 1:7", "random 666 1:8", "urandom 666 1:9", "tty 666 5:0",
            "/proc/self/fd", "/proc/self/fd/0", "/proc/self/fd/1", "/proc/self/fd/2", "pts/ptmx"],
            run.Text.Split('\n'));
    }

    [Fact]
    public async Task Masked_paths_are_empty_and_read_only_paths_cannot_be_written()
    {
        RunResult run = await RunAsync(Script(
            "for p in /proc/kcore /proc/keys /proc/timer_list /proc/interrupts; "
                + "do [ -e $p ] && echo masked $(head -c 10 $p | wc -c) $p; done; "
            + "for p in /proc/acpi /proc/scsi /proc/asound /sys/firmware; "
            + "do [ -e $p ] && echo masked $(ls $p | wc -l) $p; done; "
            + "for p in /proc/sys /proc/bus /proc/fs /proc/irq /proc/sysrq-trigger; "
            + "do grep -q \" $p ro,\" /proc/self/mountinfo && echo $p ro; done; true"));
        Assert.All(run.Lines.Where(l => l.StartsWith("masked", StringComparison.Ordinal)),
            l => Assert.StartsWith("masked 0 ", l, StringComparison.Ordinal));
        Assert.Contains("masked 0 /proc/interrupts", run.Lines);
        foreach (string path in (string[])["/proc/sys", "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sysrq-trigger"])
        {
            Assert.True(
                !Path.Exists(path) || run.Lines.Contains(path + " ro"), $"{path} can be written.\n{run.Output}");
        }
    }

    [Fact]
    public async Task The_lists_of_masked_and_read_only_paths_can_be_given()
    {
        RunResult none = await RunAsync(
            Script("head -c 1 /proc/interrupts | wc -c; grep -c ' /proc/sys ' /proc/self/mountinfo") with
            { MaskedPaths = [], ReadOnlyPaths = [] });
        Assert.Equal("1\n0", none.Output.TrimEnd('\n'));
        RunResult own = await RunAsync(
            Script("wc -c </etc/passwd; echo x >>/etc/group || echo refused") with
            {
                MaskedPaths = ["/etc/passwd"],
                ReadOnlyPaths = ["/etc/group"]
            });
        Assert.Equal("0\nrefused", own.Text);
    }

    [Fact]
    public async Task A_read_only_root_refuses_writes_but_not_below_dev_and_mounts()
    {
        RunResult run = await RunAsync(
            Script("touch /x || echo root refused; touch /etc/hosts || echo hosts refused; "
                + "touch /dev/x && touch /dev/shm/x && touch /run/x && echo others written") with
            {
                ReadOnlyRootFileSystem = true,
                Mounts = [new() { Type = ContainerMountType.Tmpfs, Target = "/run" }],
            });
        Assert.Contains("root refused", run.Lines);
        Assert.Contains("others written", run.Lines);
    }

    [Fact]
    public async Task A_tmpfs_has_the_size_the_mode_and_the_options_that_were_asked_for()
    {
        RunResult run = await RunAsync(Script(
            "stat -c '%a %u:%g' /t; cp /bin/busybox /t/; /t/busybox true || echo no exec; "
                + "dd if=/dev/zero of=/t/big bs=1M count=9 2>/dev/null || echo full; "
                + "grep ' /t ' /proc/self/mountinfo") with
        {
            Mounts =
            [
                new()
                {
                    Type = ContainerMountType.Tmpfs, Target = "/t", TmpfsSize = 8 << 20, TmpfsMode = 0x1E8,
                    TmpfsOptions = ["noexec", "uid=1000", "gid=50"],
                },
            ],
        });
        Assert.Equal(["750 1000:50", "no exec", "full"], run.Lines[..3]);
        Assert.Contains("size=8192k", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tmpfs_is_1777_without_setuid_programs_and_devices_unless_told_otherwise()
    {
        RunResult run = await RunAsync(Script("stat -c %a /t /u; grep -E ' /[tu] ' /proc/self/mountinfo") with
        {
            Mounts =
            [
                new() { Type = ContainerMountType.Tmpfs, Target = "/t" },
                new() { Type = ContainerMountType.Tmpfs, Target = "/u", TmpfsOptions = ["exec"], ReadOnly = true },
            ],
        });
        Assert.Equal(["1777", "1777"], run.Lines[..2]);
        Dictionary<string, (string Type, HashSet<string> Options)> mounts = Parse(run.Lines[2..]);
        AssertMount(mounts, "/t", "tmpfs", ["rw", "nosuid", "nodev", "noexec"]);
        AssertMount(mounts, "/u", "tmpfs", ["ro", "nosuid", "nodev"]);
        Assert.DoesNotContain("noexec", mounts["/u"].Options);
    }

    [Fact]
    public async Task The_size_of_shm_can_be_given()
    {
        RunResult run = await RunAsync(Script("grep ' /dev/shm ' /proc/self/mountinfo") with { ShmSize = 1 << 20 });
        Assert.Contains("size=1024k", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_network_files_are_the_engine_s_and_can_be_written()
    {
        RunResult run = await RunAsync(Script(
            "cat /etc/hosts; echo --; cat /etc/resolv.conf >/dev/null && echo resolv; "
                + "echo more >>/etc/hosts && tail -1 /etc/hosts; cat /etc/hostname") with
        { Hostname = "filed" });
        Assert.Contains(
            run.Lines, l => l.StartsWith("127.0.0.1", StringComparison.Ordinal)
            && l.Contains("localhost", StringComparison.Ordinal));
        Assert.Contains("resolv", run.Lines);
        Assert.Contains("more", run.Lines);
        Assert.Equal("filed", run.Lines[^1]);
    }

    private static void AssertMount(
        Dictionary<string, (string Type, HashSet<string> Options)> mounts, string target, string type, string[] options)
    {
        Assert.True(mounts.TryGetValue(target, out var mount), $"Nothing is mounted at {target}.");
        Assert.Equal(type, mount.Type);
        foreach (string option in options)
        {
            Assert.True(
                mount.Options.Contains(option), $"{target} has {string.Join(',', mount.Options)}, without {option}.");
        }
    }

    private static Dictionary<string, (string Type, HashSet<string> Options)> Parse(IEnumerable<string> mountInfo)
    {
        var mounts = new Dictionary<string, (string, HashSet<string>)>();
        foreach (string line in mountInfo)
        {
            string[] halves = line.Split(" - ");
            string[] left = halves[0].Split(' '), right = halves[1].Split(' ');
            mounts[left[4]] =
                (right[0], [.. left[5].Split(','), .. right[2].Split(',').Where(o => o is not "rw" and not "ro")]);
        }

        return mounts;
    }
}
