using Engine.Core.Containers.Configuration;
using Engine.Oci.Runtime;

namespace Engine.Core.Containers.Specification;

/// <summary>The part of a specification that says what is run, as whom, and with which rights.</summary>
internal static class ProcessSection
{
    /// <summary>Where the init program appears in the container.</summary>
    public const string InitTarget = "/sbin/docker-init";

    /// <summary>Docker's search path for containers whose image has none.</summary>
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static RuntimeProcess Of(SpecificationInput input)
    {
        var configuration = input.Record.Configuration;
        return new RuntimeProcess
        {
            User = new RuntimeUser
            {
                Uid = input.User.Uid,
                Gid = input.User.Gid,
                AdditionalGids = input.User.SupplementaryGids.Count == 0 ? null : input.User.SupplementaryGids,
            },
            Args = input.Init is null
                ? input.Record.CommandLine
                : [InitTarget, "--", .. input.Record.CommandLine],
            Env = ConfigurationMerge.MergeEnvironment(
                [DefaultPath, $"HOSTNAME={Hostname(input)}", $"HOME={input.User.Home}"], configuration.Environment),
            Cwd = configuration.WorkingDirectory ?? "/",
            // Inheritable and ambient stay empty: a program gets capabilities by being root, not by being started here.
            Capabilities = new LinuxCapabilities
            {
                Bounding = input.Capabilities,
                Effective = input.Capabilities,
                Permitted = input.Capabilities,
            },
            Rlimits = input.Ulimits.Count == 0 ? null : [.. input.Ulimits.Select(Limit)],
            NoNewPrivileges = input.NoNewPrivileges,
            OomScoreAdj = OomScoreAdjust(input),
        };
    }

    private static string Hostname(SpecificationInput input) =>
        input.Record.Configuration.UtsMode == "host" ? Environment.MachineName : RuntimeSpecification.Hostname(input);

    private static RuntimeRlimit Limit(Ulimit limit) => new()
    {
        Type = "RLIMIT_" + limit.Name.ToUpperInvariant(),
        // -1 is RLIM_INFINITY (getrlimit(2)), all bits set.
        Soft = unchecked((ulong)limit.Soft),
        Hard = unchecked((ulong)limit.Hard),
    };

    // Without CAP_SYS_RESOURCE the score can only be raised: what would lower it to the default is left as it is.
    private static int? OomScoreAdjust(SpecificationInput input) =>
        input.Record.Configuration.OomScoreAdjust
        ?? (input.Host.OomScoreAdjust < 0 || (input.Host.OomScoreAdjust > 0 && input.Host.MayRaiseLimits) ? 0 : null);
}
