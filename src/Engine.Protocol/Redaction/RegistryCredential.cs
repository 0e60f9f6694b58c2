using Google.Protobuf;

namespace Engine.Protocol.V1;

/// <summary>
/// The text of a credential. Google.Protobuf for C# ignores <c>debug_redact</c>, and writes every field of a message
/// and of its parts, unless a part says itself what may be read.
/// </summary>
public sealed partial class RegistryCredential : ICustomDiagnosticMessage
{
    /// <summary>That it is a credential, and nothing of it.</summary>
    public string ToDiagnosticString() => "\"(a credential)\"";
}
