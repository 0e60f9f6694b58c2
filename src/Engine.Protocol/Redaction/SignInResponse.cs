using Google.Protobuf;

namespace Engine.Protocol.V1;

/// <summary>The text of a sign-in's answer; see <see cref="RegistryCredential"/> for why it is written here.</summary>
public sealed partial class SignInResponse : ICustomDiagnosticMessage
{
    /// <summary>The answer without its token.</summary>
    public string ToDiagnosticString() => "\"(a sign-in's answer)\"";
}
