namespace Engine.Oci.Runtime;

/// <summary>
/// The errors that profiles name. The numbers are those of asm-generic/errno.h and are the same on every architecture
/// that images are made for, except ENOSYS on mips, alpha and sparc, which .NET does not run on.
/// </summary>
internal static class SeccompErrno
{
    public static uint? ByName(string name) => name switch
    {
        "EPERM" => 1,
        "ENOENT" => 2,
        "ESRCH" => 3,
        "EINTR" => 4,
        "EIO" => 5,
        "ENXIO" => 6,
        "E2BIG" => 7,
        "ENOEXEC" => 8,
        "EBADF" => 9,
        "ECHILD" => 10,
        "EAGAIN" => 11,
        "ENOMEM" => 12,
        "EACCES" => 13,
        "EFAULT" => 14,
        "EBUSY" => 16,
        "EEXIST" => 17,
        "ENODEV" => 19,
        "EINVAL" => 22,
        "ENFILE" => 23,
        "EMFILE" => 24,
        "ENOTTY" => 25,
        "ENOSPC" => 28,
        "EROFS" => 30,
        "EPIPE" => 32,
        "ERANGE" => 34,
        "ENOSYS" => 38,
        "EPROTONOSUPPORT" => 93,
        "ESOCKTNOSUPPORT" => 94,
        "EOPNOTSUPP" or "ENOTSUP" => 95,
        "EPFNOSUPPORT" => 96,
        "EAFNOSUPPORT" => 97,
        "ECONNREFUSED" => 111,
        _ => null,
    };
}
