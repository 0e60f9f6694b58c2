using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Engine.Client;

/// <summary>One entry of <c>auths</c> in docker's config.json: <c>auth</c> is base64 of <c>user:password</c>.</summary>
internal static class AuthEntry
{
    /// <summary>An entry that holds nothing: it marks that a helper keeps the credential.</summary>
    public const string Empty = "{}";

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        IndentCharacter = '\t',
        IndentSize = 1,
        NewLine = "\n",
    };

    /// <summary>The credential of an entry; null when it holds none.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="source">The file, for the error.</param>
    /// <exception cref="EngineException">CredentialStoreFailed: <c>auth</c> is not what it should be.</exception>
    public static RegistryCredential? Read(JsonElement entry, string source)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            throw CredentialFault.Malformed(source, "has an entry under auths that is not an object");
        }

        (string username, string password) = Text(entry, "auth") is { Length: > 0 } auth
            ? Decode(auth, source)
            : (Text(entry, "username"), Text(entry, "password"));
        var credential = new RegistryCredential
        {
            Username = username,
            Password = password,
            IdentityToken = Text(entry, "identitytoken"),
            RegistryToken = Text(entry, "registrytoken"),
        };
        return credential == new RegistryCredential() ? null : credential;
    }

    /// <summary>The entry of a credential, as docker writes it.</summary>
    public static string Write(RegistryCredential credential)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            if (credential.Username.Length > 0 || credential.Password.Length > 0)
            {
                // A token stands for the password, which is then not kept.
                string password = credential.IdentityToken.Length > 0 ? "" : credential.Password;
                string both = $"{credential.Username}:{password}";
                writer.WriteString("auth"u8, Convert.ToBase64String(Encoding.UTF8.GetBytes(both)));
            }

            WriteToken(writer, "identitytoken", credential.IdentityToken);
            WriteToken(writer, "registrytoken", credential.RegistryToken);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteToken(Utf8JsonWriter writer, string name, string token)
    {
        if (token.Length > 0)
        {
            writer.WriteString(name, token);
        }
    }

    private static string Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private static (string Username, string Password) Decode(string auth, string source)
    {
        byte[] bytes = new byte[auth.Length];
        if (!Convert.TryFromBase64String(auth, bytes, out int length))
        {
            throw CredentialFault.Malformed(source, "has an auth that is not base64");
        }

        string text = Encoding.UTF8.GetString(bytes, 0, length);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? throw CredentialFault.Malformed(source, "has an auth that is not user:password")
            // Docker once padded passwords with zeros, and cuts them off (docker/cli, decodeAuth).
            : (text[..colon], text[(colon + 1)..].Trim('\0'));
    }
}
