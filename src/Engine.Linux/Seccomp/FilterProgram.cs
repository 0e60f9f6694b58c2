using Engine.Linux.Interop;
using Engine.Linux.Processes;

namespace Engine.Linux.Seccomp;

/// <summary>
/// Compiles a system call filter to the program that the kernel runs (seccomp(2)). It takes about 20 ms for a profile of
/// some hundred calls on three architectures, which a runtime would spend on every start.
/// </summary>
public static unsafe class FilterProgram
{
    private const uint NotPermitted = 1;

    /// <summary>A program has at most 4,096 instructions of 8 bytes (BPF_MAXINSNS).</summary>
    private const int MaxSize = 4096 * 8;

    /// <summary>Compiles; null where libseccomp is not installed, or does not take the filter.</summary>
    /// <param name="defaultAction">What becomes of calls that no rule names.</param>
    /// <param name="defaultErrno">What that action carries; null for EPERM.</param>
    /// <param name="architectures">As <c>SCMP_ARCH_X86_64</c>, beside the machine's own.</param>
    /// <param name="rules">The rules.</param>
    public static byte[]? TryCompile(
        string defaultAction, uint? defaultErrno, IReadOnlyList<string> architectures, IReadOnlyList<FilterRule> rules)
    {
        ArgumentNullException.ThrowIfNull(architectures);
        ArgumentNullException.ThrowIfNull(rules);
        if (ActionOf(defaultAction, defaultErrno) is not { } standard)
        {
            return null;
        }

        try
        {
            nint context = SeccompCalls.Init(standard);
            if (context == 0)
            {
                return null;
            }

            try
            {
                return Add(context, architectures) && rules.All(rule => Add(context, standard, rule)) ? Export(context) : null;
            }
            finally
            {
                SeccompCalls.Release(context);
            }
        }
        catch (DllNotFoundException)
        {
            return null;
        }
    }

    private static bool Add(nint context, IReadOnlyList<string> architectures)
    {
        foreach (string name in architectures)
        {
            // "SCMP_ARCH_X86_64" is "x86_64" here.
            uint architecture = SeccompCalls.ResolveArchitecture(name.Replace("SCMP_ARCH_", "", StringComparison.Ordinal).ToLowerInvariant());
            int result = architecture == 0 ? -Tmds.Linux.LibC.EINVAL : SeccompCalls.AddArchitecture(context, architecture);
            if (result != 0 && result != -Tmds.Linux.LibC.EEXIST)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Add(nint context, uint standard, FilterRule rule)
    {
        if (ActionOf(rule.Action, rule.Errno) is not { } action)
        {
            return false;
        }

        // libseccomp refuses a rule that says what holds anyway.
        return action == standard || rule.Calls
            .Select(SeccompCalls.ResolveCall)
            .Where(call => call != SeccompCalls.UnknownCall)
            .All(call => Add(context, action, call, rule.Arguments));
    }

    private static bool Add(nint context, uint action, int call, IReadOnlyList<FilterArgument> arguments)
    {
        SeccompCalls.Comparison[] comparisons = new SeccompCalls.Comparison[arguments.Count];
        for (int i = 0; i < arguments.Count; i++)
        {
            if (OperatorOf(arguments[i].Comparison) is not { } comparison)
            {
                return false;
            }

            comparisons[i] = new SeccompCalls.Comparison
            {
                Argument = arguments[i].Index,
                Operator = comparison,
                First = arguments[i].Value,
                Second = arguments[i].MaskedValue,
            };
        }

        fixed (SeccompCalls.Comparison* all = comparisons)
        {
            // Conditions on one argument are alternatives, as crun and runc take them: libseccomp knows one for each.
            if (arguments.DistinctBy(argument => argument.Index).Count() == arguments.Count)
            {
                return SeccompCalls.AddRule(context, action, call, (uint)comparisons.Length, all) == 0;
            }

            for (int i = 0; i < comparisons.Length; i++)
            {
                if (SeccompCalls.AddRule(context, action, call, 1, all + i) != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }

    private static byte[]? Export(nint context)
    {
        using OutputCapture program = OutputCapture.Create(MaxSize + 1);
        return SeccompCalls.Export(context, (int)program.Handle.DangerousGetHandle()) == 0
            && program.Read() is { Length: > 0 and <= MaxSize } bytes && bytes.Length % 8 == 0
                ? bytes
                : null;
    }

    /// <summary>The numbers of seccomp.h.</summary>
    private static uint? ActionOf(string name, uint? errno) => name switch
    {
        "SCMP_ACT_ALLOW" => 0x7fff0000,
        "SCMP_ACT_LOG" => 0x7ffc0000,
        "SCMP_ACT_ERRNO" => 0x00050000 | ((errno ?? NotPermitted) & 0xffff),
        "SCMP_ACT_TRACE" => 0x7ff00000 | ((errno ?? NotPermitted) & 0xffff),
        "SCMP_ACT_TRAP" => 0x00030000,
        "SCMP_ACT_KILL" or "SCMP_ACT_KILL_THREAD" => 0,
        "SCMP_ACT_KILL_PROCESS" => 0x80000000,
        _ => null,
    };

    private static int? OperatorOf(string name) => name switch
    {
        "SCMP_CMP_NE" => 1,
        "SCMP_CMP_LT" => 2,
        "SCMP_CMP_LE" => 3,
        "SCMP_CMP_EQ" => 4,
        "SCMP_CMP_GE" => 5,
        "SCMP_CMP_GT" => 6,
        "SCMP_CMP_MASKED_EQ" => 7,
        _ => null,
    };
}
