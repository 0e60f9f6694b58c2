namespace Engine.Commands;

/// <summary>Reads the address of an engine, as people write it.</summary>
internal static class EngineAddress
{
    /// <summary>The address of a socket on this machine.</summary>
    public static Uri OfSocket(string path) => new($"unix://{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}");

    /// <summary>An address: a URI, or the path of a socket.</summary>
    /// <exception cref="EngineException">InvalidEngineUri.</exception>
    public static Uri Parse(string text)
    {
        if (text.StartsWith('/'))
        {
            return OfSocket(text);
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "unix" or "ssh" or "tcp"
            ? uri
            : throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidEngineUri,
                $"'{text}' is no address of an engine. Use unix:///<path of its socket>, or the name of a connection of "
                    + "this session (Connect-Engine -Name).",
                text);
    }
}
