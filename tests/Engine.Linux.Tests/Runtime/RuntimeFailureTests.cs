using Engine.Linux.Runtime;

namespace Engine.Linux.Tests.Runtime;

public sealed class RuntimeFailureTests
{
    [Theory]
    [InlineData("executable file `nosuch` not found in $PATH: No such file or directory\n", EngineErrorReason.CommandNotFound, "'nosuch'")]
    [InlineData("2024-01-01T00:00:00.000000Z: executable file `a b` not found in $PATH: No such file or directory", EngineErrorReason.CommandNotFound, "'a b'")]
    [InlineData("time=\"2024\" level=error msg=\"runc create failed: unable to start container process: exec: \\\"nosuch\\\": executable file not found in $PATH\"", EngineErrorReason.CommandNotFound, "'nosuch'")]
    [InlineData("time=\"2024\" level=error msg=\"runc create failed: unable to start container process: exec: \\\"/x\\\": stat /x: no such file or directory\"", EngineErrorReason.CommandNotFound, "'/x'")]
    [InlineData("runc create failed: unable to start container process: exec: \"/etc\": permission denied", EngineErrorReason.CommandNotExecutable, "'/etc'")]
    [InlineData("runc create failed: unable to start container process: exec: \"/etc\": is a directory", EngineErrorReason.CommandNotExecutable, "'/etc'")]
    [InlineData("open executable: Permission denied", EngineErrorReason.CommandNotExecutable, "'given'")]
    [InlineData("open executable: Operation not permitted", EngineErrorReason.CommandNotExecutable, "'given'")]
    [InlineData("mount `x` to `y`: No space left on device", EngineErrorReason.DiskFull, "mount `x`")]
    [InlineData("chdir `/bin/true`: Not a directory", EngineErrorReason.ContainerStartFailed, "chdir `/bin/true`: Not a directory.")]
    [InlineData("", EngineErrorReason.ContainerStartFailed, "no reason")]
    public void What_a_runtime_says_is_understood(string text, string reason, string named)
    {
        EngineException failure = RuntimeFailure.OfStart("c1", "given", text);

        Assert.Equal(reason, failure.Reason);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Equal("c1", failure.Target);
        Assert.DoesNotContain("level=", failure.Message, StringComparison.Ordinal);
    }
}
