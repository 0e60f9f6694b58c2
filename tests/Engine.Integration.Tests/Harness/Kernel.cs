using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Engine.Integration.Tests.Harness;

/// <summary>The few system calls that tests make themselves.</summary>
internal static partial class Kernel
{
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;

    private const int MntDetach = 2;

    public static void Kill(int pid, int signal)
    {
        if (NativeKill(pid, signal) != 0 && Marshal.GetLastPInvokeError() != 3 /* ESRCH: it has ended already */)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"kill({pid}, {signal})");
        }
    }

    /// <summary>Whether a process runs: not one that has ended and that nobody has waited for yet.</summary>
    public static bool IsAlive(int? pid)
    {
        try
        {
            // proc(5): the state follows the name, which is in parentheses and may hold anything.
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    public static void MountTmpfs(string target, string options)
    {
        if (NativeMount("tmpfs", target, "tmpfs", 0, options) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"mount -t tmpfs -o {options} {target}");
        }
    }

    /// <summary>Makes mounts below a mount point travel to its peers, or no longer (mount_namespaces(7)).</summary>
    public static void SetPropagation(string target, bool shared)
    {
        const ulong MsPrivate = 1 << 18, MsShared = 1 << 20;
        if (NativeMount(null, target, null, shared ? MsShared : MsPrivate, null) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"propagation of {target}");
        }
    }

    public static void BindMount(string source, string target)
    {
        const ulong MsBind = 4096;
        if (NativeMount(source, target, null, MsBind, null) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"mount --bind {source} {target}");
        }
    }

    public static bool Unmount(string target) => NativeUnmount(target, MntDetach) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int NativeKill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeMount(string? source, string target, string? type, ulong flags, string? data);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeUnmount(string target, int flags);
}
