using System.Collections;
using System.Runtime.InteropServices;
using Engine.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Processes;

/// <summary>posix_spawn(3), with what a well-behaved child needs.</summary>
internal static unsafe class SpawnCall
{
    /// <summary>Sources are moved above every number that a child may ask for, so that no dup2 overwrites a later source.</summary>
    private const int SafeDescriptor = 64;

    private static readonly delegate* unmanaged<void*, int, int> s_closeFrom = FindCloseFrom();

    internal static int Spawn(ChildProcessOptions options)
    {
        void* actions = stackalloc byte[ProcessCalls.OpaqueSize];
        void* attributes = stackalloc byte[ProcessCalls.OpaqueSize];
        Check(ProcessCalls.FileActionsInit(actions), "posix_spawn_file_actions_init", options);
        Check(ProcessCalls.AttributesInit(attributes), "posix_spawnattr_init", options);
        List<int> moved = [];
        nint argv = 0;
        nint envp = 0;
        try
        {
            AddDescriptors(actions, options, moved);
            SetAttributes(attributes, options);
            argv = StringArray([options.FileName, .. options.Arguments]);
            envp = StringArray(options.Environment ?? OwnEnvironment());
            int pid;
            fixed (byte* path = Utf8Path.Terminated(options.FileName))
            {
                Check(ProcessCalls.Spawn(&pid, path, actions, attributes, (byte**)argv, (byte**)envp), "posix_spawn", options);
            }

            return pid;
        }
        finally
        {
            Free(argv);
            Free(envp);
            moved.ForEach(fd => _ = close(fd));
            _ = ProcessCalls.FileActionsDestroy(actions);
            _ = ProcessCalls.AttributesDestroy(attributes);
            GC.KeepAlive(options.Descriptors);
        }
    }

    private static void AddDescriptors(void* actions, ChildProcessOptions options, List<int> moved)
    {
        fixed (byte* nowhere = "/dev/null\0"u8)
        {
            for (int fd = 0; fd <= 2; fd++)
            {
                if (!options.Descriptors.ContainsKey(fd))
                {
                    Check(ProcessCalls.FileActionsAddOpen(actions, fd, nowhere, fd == 0 ? O_RDONLY : O_WRONLY, 0), "posix_spawn_file_actions_addopen", options);
                }
            }
        }

        foreach ((int target, SafeHandle source) in options.Descriptors)
        {
            // A copy also clears up the case that source and target are one number: dup2 would leave close-on-exec set.
            int copy = fcntl((int)source.DangerousGetHandle(), F_DUPFD_CLOEXEC, SafeDescriptor);
            if (copy < 0)
            {
                throw LinuxError.FromLast("fcntl", options.FileName);
            }

            moved.Add(copy);
            Check(ProcessCalls.FileActionsAddDup2(actions, copy, target), "posix_spawn_file_actions_adddup2", options);
        }

        CloseAllOthers(actions, options);
        if (options.WorkingDirectory is { } directory)
        {
            fixed (byte* path = Utf8Path.Terminated(directory))
            {
                Check(ProcessCalls.FileActionsAddChdir(actions, path), "posix_spawn_file_actions_addchdir_np", options);
            }
        }
    }

    /// <summary>
    /// Our own descriptors close on exec, but this process may have been started with others open that do not; with
    /// posix_spawn_file_actions_addclosefrom_np (glibc 2.34) a child gets none of those either.
    /// </summary>
    private static void CloseAllOthers(void* actions, ChildProcessOptions options)
    {
        if (s_closeFrom == null)
        {
            return;
        }

        int last = Math.Max(2, options.Descriptors.Keys.DefaultIfEmpty(0).Max());
        for (int fd = 3; fd < last; fd++)
        {
            if (!options.Descriptors.ContainsKey(fd))
            {
                Check(ProcessCalls.FileActionsAddClose(actions, fd), "posix_spawn_file_actions_addclose", options);
            }
        }

        Check(s_closeFrom(actions, last + 1), "posix_spawn_file_actions_addclosefrom_np", options);
    }

    private static delegate* unmanaged<void*, int, int> FindCloseFrom() =>
        NativeLibrary.TryLoad("libc.so.6", out nint library)
        && NativeLibrary.TryGetExport(library, "posix_spawn_file_actions_addclosefrom_np", out nint function)
            ? (delegate* unmanaged<void*, int, int>)function
            : null;

    private static void SetAttributes(void* attributes, ChildProcessOptions options)
    {
        // The .NET runtime ignores SIGPIPE, and ignoring survives exec: a child must get every signal as it expects them.
        sigset_t all;
        sigset_t none;
        _ = sigfillset(&all);
        _ = sigemptyset(&none);
        short flags = ProcessCalls.SetSignalDefaults | ProcessCalls.SetSignalMask;
        Check(ProcessCalls.AttributesSetSignalDefaults(attributes, &all), "posix_spawnattr_setsigdefault", options);
        Check(ProcessCalls.AttributesSetSignalMask(attributes, &none), "posix_spawnattr_setsigmask", options);
        Check(ProcessCalls.AttributesSetFlags(attributes, options.NewSession ? (short)(flags | ProcessCalls.SetSession) : flags), "posix_spawnattr_setflags", options);
    }

    /// <summary>These functions give the error as their result and leave errno alone.</summary>
    private static void Check(int error, string call, ChildProcessOptions options)
    {
        if (error != 0)
        {
            throw LinuxError.From(error, call, options.FileName);
        }
    }

    private static List<string> OwnEnvironment() =>
        [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}")];

    private static nint StringArray(IReadOnlyList<string> strings)
    {
        byte** array = (byte**)NativeMemory.AllocZeroed((nuint)strings.Count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < strings.Count; i++)
        {
            array[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
        }

        return (nint)array;
    }

    private static void Free(nint array)
    {
        byte** strings = (byte**)array;
        for (int i = 0; array != 0 && strings[i] != null; i++)
        {
            Marshal.FreeCoTaskMem((nint)strings[i]);
        }

        NativeMemory.Free(strings);
    }
}
