using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Completes platforms, as <c>os/arch[/variant]</c>, that images are commonly made for.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlatformCompletionsAttribute() : ArgumentCompletionsAttribute(
    "linux/amd64", "linux/arm64", "linux/arm/v7", "linux/arm/v6", "linux/386", "linux/ppc64le",
    "linux/riscv64", "linux/s390x");
