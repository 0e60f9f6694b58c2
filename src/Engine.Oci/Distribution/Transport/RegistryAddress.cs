namespace Engine.Oci.Distribution.Transport;

/// <summary>The address of a registry, by its name in references.</summary>
internal static class RegistryAddress
{
    /// <summary>Its root with TLS.</summary>
    /// <param name="registry"><c>host[:port]</c>; the grammar of references allows ports and addresses that there are
    /// none of.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidReference"/>.</exception>
    public static Uri Of(string registry) =>
        Uri.TryCreate($"https://{registry}/", UriKind.Absolute, out Uri? address)
            ? address
            : throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidReference,
                $"'{Shown.Text(registry)}' is not a registry: there is no such address. It must be host[:port].",
                Shown.Text(registry));
}
