using System.Text;
using Engine.Linux.Cgroups;
using Engine.Linux.Mounts;

namespace Engine.Linux.Tests.Cgroups;

public sealed class CgroupHierarchyTests
{
    private const string Unified = "9 1 0:9 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";
    private const string Memory = "2 1 0:2 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";
    private const string Cpu = "3 1 0:3 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n";
    private const string Systemd = "4 1 0:4 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd\n";

    [Theory]
    [InlineData("", CgroupVersion.None)]
    [InlineData(Memory + Cpu, CgroupVersion.V1)]
    [InlineData(Memory + Unified, CgroupVersion.Hybrid)]
    [InlineData(Unified, CgroupVersion.V2)]
    public void The_layout_is_told_from_the_mounts(string mounts, CgroupVersion expected) =>
        Assert.Equal(expected, From(mounts).Version);

    [Fact]
    public void Controllers_of_one_hierarchy_share_its_root()
    {
        CgroupHierarchy hierarchy = From(Memory + Cpu + Systemd + Unified);

        Assert.Equal(["cpu", "cpuacct", "memory"], hierarchy.Controllers.Order());
        Assert.Equal("/sys/fs/cgroup/cpu,cpuacct", hierarchy.RootOf("cpuacct"));
        Assert.Null(hierarchy.RootOf("hugetlb"));
        Assert.Equal(
            ["/sys/fs/cgroup/cpu,cpuacct", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified"],
            hierarchy.Roots.Order());
    }

    [Fact]
    public void On_a_unified_host_the_kernel_lists_the_controllers()
    {
        CgroupHierarchy hierarchy = From(Unified);

        Assert.True(hierarchy.Has("pids"));
        Assert.Equal("/sys/fs/cgroup/unified", hierarchy.RootOf("memory"));
        Assert.Null(hierarchy.RootOf("freezer"));
    }

    [Fact]
    public void The_kernels_list_of_controllers_is_read()
    {
        Assert.Equal(
            [new CgroupController("cpuset", 3, true), new CgroupController("hugetlb", 0, false)],
            CgroupController.Parse("#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpuset\t3\t1\t1\nhugetlb\t0\t1\t0\nshort\t1\n"));
    }

    [Fact]
    public void After_mounting_what_is_missing_nothing_is_missing()
    {
        IReadOnlyList<CgroupMountOutcome> outcomes = CgroupMounter.MountMissing();

        CgroupHierarchy hierarchy = CgroupHierarchy.Detect();
        Assert.All(outcomes, outcome => Assert.True(outcome.Failure is not null || hierarchy.Has(outcome.Controller), outcome.ToString()));
        Assert.Equal(outcomes.Count(outcome => outcome.Failure is not null), CgroupMounter.MountMissing().Count);
    }

    private static CgroupHierarchy From(string mounts) =>
        CgroupHierarchy.From(MountTable.Parse(Encoding.ASCII.GetBytes(mounts)), _ => "cpuset cpu io memory pids\n");
}
