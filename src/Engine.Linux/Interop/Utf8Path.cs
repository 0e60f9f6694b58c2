using System.Text;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Interop;

/// <summary>
/// Turns names into what system calls take: bytes that end in NUL. A name with a NUL inside would silently become
/// another, shorter name, so it is refused.
/// </summary>
internal static class Utf8Path
{
    /// <summary>PATH_MAX of the kernel, the NUL included.</summary>
    internal const int MaxLength = 4096;

    internal static byte[] Terminated(string path)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, bytes);
        Check(bytes.AsSpan(0, bytes.Length - 1), path);
        return bytes;
    }

    /// <summary>The room a name takes; checked first, so that a hostile archive's name cannot overflow the stack.</summary>
    internal static int SizeOf(ReadOnlySpan<byte> path) =>
        path.Length < MaxLength
            ? path.Length + 1
            : throw LinuxError.From(ENAMETOOLONG, "path", Encoding.UTF8.GetString(path[..64]) + "…");

    internal static Span<byte> Terminate(ReadOnlySpan<byte> path, Span<byte> buffer)
    {
        Check(path, null);
        path.CopyTo(buffer);
        buffer[path.Length] = 0;
        return buffer[..(path.Length + 1)];
    }

    private static void Check(ReadOnlySpan<byte> path, string? text)
    {
        _ = SizeOf(path);
        if (path.Contains((byte)0))
        {
            throw LinuxError.From(EINVAL, "path", text ?? Encoding.UTF8.GetString(path), "it contains a NUL byte");
        }
    }
}
