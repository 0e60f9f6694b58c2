using System.Management.Automation;

namespace Engine.Commands;

public abstract partial class ContainerCreationCmdlet
{
    // What moby divides a processor into.
    private const decimal NanoCpusPerCpu = 1_000_000_000m;

    /// <summary>The most memory: bytes, or text such as <c>512m</c>.</summary>
    [Parameter]
    [SizeTransformation]
    public long? Memory { get; set; }

    /// <summary>The memory that the kernel tries to leave to the container under pressure: bytes, or text such as <c>256m</c>.</summary>
    [Parameter]
    [SizeTransformation]
    public long? MemoryReservation { get; set; }

    /// <summary>Memory and swap together: bytes, or text such as <c>1g</c>; -1 for no limit. By default twice the memory.</summary>
    [Parameter]
    [SizeTransformation]
    public long? MemorySwap { get; set; }

    /// <summary>The most processors, as in 1.5.</summary>
    [Parameter]
    [ValidateRange(0, 8192)]
    public decimal? Cpus { get; set; }

    /// <summary>The relative weight under contention; 1024 is the kernel's default.</summary>
    [Parameter]
    public long? CpuShares { get; set; }

    /// <summary>The length of a scheduler's period in microseconds.</summary>
    [Parameter]
    public long? CpuPeriod { get; set; }

    /// <summary>The microseconds of processor time in each period; -1 for no limit.</summary>
    [Parameter]
    public long? CpuQuota { get; set; }

    /// <summary>The processors that may be used, as in <c>0-2,4</c>.</summary>
    [Parameter]
    public string? CpuSet { get; set; }

    /// <summary>The memory nodes that may be used, as in <c>0,1</c>.</summary>
    [Parameter]
    public string? MemorySet { get; set; }

    /// <summary>The most processes and threads; -1 for no limit.</summary>
    [Parameter]
    public long? PidsLimit { get; set; }

    /// <summary>Limits of each process: <c>@{ nofile = 1024; nproc = '64:128' }</c> or <c>nofile=1024:2048</c>.</summary>
    [Parameter]
    [UlimitTransformation]
    public Ulimit[] Ulimit { get; set; } = [];

    /// <summary>What is added to the OOM killer's score: -1000, never killed, to 1000, killed first.</summary>
    [Parameter]
    [ValidateRange(-1000, 1000)]
    public int? OomScoreAdjust { get; set; }

    /// <summary>The cgroup under which the container's own is made. By default the engine's.</summary>
    [Parameter]
    public string? CgroupParent { get; set; }

    /// <summary>The OCI runtime, by its name in the engine's configuration.</summary>
    [Parameter]
    public string? Runtime { get; set; }

    private ContainerConfiguration ConfigureResources(ContainerConfiguration configuration) => configuration with
    {
        Resources = new ContainerResources
        {
            Memory = Memory,
            MemoryReservation = MemoryReservation,
            MemorySwap = MemorySwap,
            NanoCpus = Cpus is { } cpus ? (long)(cpus * NanoCpusPerCpu) : null,
            CpuShares = CpuShares,
            CpuPeriod = CpuPeriod,
            CpuQuota = CpuQuota,
            CpuSet = CpuSet,
            MemorySet = MemorySet,
            PidsLimit = PidsLimit,
        },
        Ulimits = Ulimit,
        OomScoreAdjust = OomScoreAdjust,
        CgroupParent = CgroupParent,
        Runtime = Runtime,
    };
}
