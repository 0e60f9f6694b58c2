using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>Puts a container's id on everything that is logged about it.</summary>
internal static class ContainerScope
{
    private static readonly Func<ILogger, string, IDisposable?> s_scope =
        LoggerMessage.DefineScope<string>("Container {ContainerId}");

    public static IDisposable? BeginContainer(this ILogger logger, string containerId) => s_scope(logger, containerId);
}
