using Engine.Core.Images.Changes;
using Engine.Oci.Documents;

namespace Engine.Core.Containers.Configuration;

/// <summary>What containers of a committed image run: what the container ran, and the changes that were asked for.</summary>
internal static class CommittedExecution
{
    /// <param name="image">What the container's image said; its health check, shell, ports and volumes stay.</param>
    /// <param name="container">The container's settings, with the image's merged in.</param>
    /// <param name="changes">Dockerfile instructions.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidChange"/>.</exception>
    public static ImageExecution Of(
        ImageExecution? image, ContainerConfiguration container, IReadOnlyList<string> changes) =>
        ConfigurationChanges.Apply(changes, (image ?? new ImageExecution()) with
        {
            Entrypoint = NotEmpty(container.Entrypoint),
            Cmd = NotEmpty(container.Command),
            Env = NotEmpty(container.Environment),
            User = NotEmpty(container.User),
            WorkingDir = NotEmpty(container.WorkingDirectory),
            Labels = container.Labels.Count == 0 ? null : Sorted(container.Labels),
            StopSignal = NotEmpty(container.StopSignal),

            // They were for the image that was built from this one, as Docker's commit has it.
            OnBuild = null,
        });

    private static IReadOnlyList<string>? NotEmpty(IReadOnlyList<string>? list) => list is { Count: > 0 } ? list : null;

    private static string? NotEmpty(string? text) => text is { Length: > 0 } ? text : null;

    // In one order, so that equal settings have equal digests.
    private static SortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string> labels) =>
        new(labels.ToDictionary(), StringComparer.Ordinal);
}
