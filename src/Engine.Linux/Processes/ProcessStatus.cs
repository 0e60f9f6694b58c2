using System.Globalization;
using System.Text;

namespace Engine.Linux.Processes;

/// <summary>A process as /proc shows it at one moment.</summary>
/// <param name="Identity">Its number and start time.</param>
/// <param name="ParentPid">Its parent.</param>
/// <param name="SessionId">The session that it is in; its own number when it leads one.</param>
/// <param name="State">One letter: R, S, D, Z (ended, not collected), T …; proc_pid_stat(5).</param>
/// <param name="Name">The program's short name, up to 15 bytes, which the program can change.</param>
public sealed record ProcessStatus(ProcessInstance Identity, int ParentPid, int SessionId, char State, string Name)
{
    /// <summary>It has ended and only waits to be collected.</summary>
    public bool IsZombie => State is 'Z' or 'X';

    /// <summary>Reads the status of a process; null when there is none of that number.</summary>
    public static ProcessStatus? TryRead(int pid) => ReadProc(pid, "stat") is { } text ? Parse(pid, text) : null;

    /// <summary>
    /// The arguments a process was started with; null when there is no such process, empty for a zombie or a thread of
    /// the kernel. A process can change what is shown here.
    /// </summary>
    public static IReadOnlyList<string>? TryReadArguments(int pid)
    {
        byte[]? text = ReadProc(pid, "cmdline");
        return text is null ? null : text.Length == 0 ? [] : Encoding.UTF8.GetString(text).TrimEnd('\0').Split('\0');
    }

    internal static ProcessStatus? Parse(int pid, ReadOnlySpan<byte> stat)
    {
        // "pid (name) state ppid …": the name may hold spaces and parentheses, so the last one closes it.
        int open = stat.IndexOf((byte)'(');
        int close = stat.LastIndexOf((byte)')');
        if (open < 0 || close <= open || close + 2 >= stat.Length)
        {
            return null;
        }

        string[] fields = Encoding.ASCII.GetString(stat[(close + 2)..]).Split(' ');
        const int ParentField = 1;
        const int SessionField = 3;
        const int StartField = 19;
        return fields.Length > StartField
            && int.TryParse(fields[ParentField], NumberStyles.Integer, CultureInfo.InvariantCulture, out int parent)
            && int.TryParse(fields[SessionField], NumberStyles.Integer, CultureInfo.InvariantCulture, out int session)
            && long.TryParse(fields[StartField], NumberStyles.Integer, CultureInfo.InvariantCulture, out long start)
                ? new ProcessStatus(new ProcessInstance(pid, start), parent, session, fields[0][0], Encoding.UTF8.GetString(stat[(open + 1)..close]))
                : null;
    }

    private static byte[]? ReadProc(int pid, string file)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/{file}");
        }
        catch (IOException)
        {
            // ENOENT when there is no such process, ESRCH when it ended while being read.
            return null;
        }
    }
}
