using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Engine.Client;

/// <summary>
/// What docker's config.json says of credentials. Changing one keeps every other byte as it is: the file is also
/// docker's, Compose's and the user's own.
/// </summary>
internal sealed class DockerConfiguration
{
    private const string AuthsKey = "auths";

    private readonly byte[] _json;
    private readonly string _source;
    private readonly Dictionary<string, JsonElement> _auths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _helpers = new(StringComparer.Ordinal);
    private readonly string _helperOfAll = "";

    private DockerConfiguration(byte[] json, JsonElement root, string source)
    {
        (_json, _source) = (json, source);
        foreach ((string key, JsonElement value) in Members(root, AuthsKey))
        {
            _auths[key] = value;
        }

        foreach ((string key, JsonElement value) in Members(root, "credHelpers"))
        {
            _helpers[RegistryHost.Strip(key)] = Name(value);
        }

        _helperOfAll = root.TryGetProperty("credsStore", out JsonElement all) ? Name(all) : "";
    }

    /// <summary>The hosts that have a helper of their own.</summary>
    public IEnumerable<string> HostsWithHelper => _helpers.Where(h => h.Value.Length > 0).Select(h => h.Key);

    /// <summary>The helper for all hosts that have none of their own; empty without one.</summary>
    public string HelperOfAll => _helperOfAll;

    /// <summary>Reads a configuration; one that is empty has nothing in it.</summary>
    /// <param name="json">The document.</param>
    /// <param name="source">What to call it in an error.</param>
    /// <exception cref="EngineException">CredentialStoreFailed: it is malformed.</exception>
    public static DockerConfiguration Parse(byte[] json, string source)
    {
        // Editors on Windows put a byte order mark there, which JSON does not have (RFC 8259, 8.1).
        ReadOnlySpan<byte> text = json.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? json.AsSpan(3) : json;
        byte[] document = text.Trim(" \t\r\n"u8).IsEmpty ? "{}\n"u8.ToArray() : text.ToArray();
        try
        {
            using var parsed = JsonDocument.Parse(document);
            return new DockerConfiguration(document, parsed.RootElement.Clone(), source);
        }
        catch (JsonException e)
        {
            // Its message quotes the text around the fault, which may be a secret.
            throw CredentialFault.Malformed(
                source, $"is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
    }

    /// <summary>The helper that keeps a host's credential; empty when the file does.</summary>
    // An empty name under credHelpers takes that host away from credsStore (docker/cli, getConfiguredCredentialStore).
    public string HelperOf(string host) => _helpers.TryGetValue(host, out string? own) ? own : _helperOfAll;

    /// <summary>The credential of a host in the file itself.</summary>
    public RegistryCredential? Find(string host) =>
        _auths.Where(a => RegistryHost.Means(a.Key, host))
            // The key that docker writes wins over older spellings of the same host.
            .OrderByDescending(a => a.Key == RegistryHost.KeyOf(host))
            .Select(a => AuthEntry.Read(a.Value, _source))
            .FirstOrDefault(c => c is not null);

    /// <summary>The credentials in the file itself, by host.</summary>
    public IEnumerable<string> Hosts => _auths.Keys.Select(RegistryHost.Strip).Distinct();

    /// <summary>The document with one host's entries replaced, or taken away.</summary>
    /// <param name="host">The host.</param>
    /// <param name="entry">The new entry's JSON; null for none.</param>
    /// <returns>Null when nothing changes.</returns>
    public byte[]? With(string host, string? entry)
    {
        List<string> entries = [.. _auths
            .Where(a => !RegistryHost.Means(a.Key, host))
            .Select(a => Member(a.Key, a.Value.GetRawText(), 2))];
        if (entry is null && entries.Count == _auths.Count)
        {
            return null;
        }

        if (entry is not null)
        {
            entries.Add(Member(RegistryHost.KeyOf(host), entry.ReplaceLineEndings("\n\t\t"), 2));
        }

        string auths = entries.Count == 0 ? "{}" : $"{{{string.Join(',', entries)}\n\t}}";
        (int start, int end, bool isEmpty) = Place();
        string changed = start != end ? auths : Member(AuthsKey, auths, 1) + (isEmpty ? "\n" : ",");
        return [.. _json[..start], .. Encoding.UTF8.GetBytes(changed), .. _json[end..]];
    }

    private static string Member(string key, string json, int depth) =>
        $"\n{new string('\t', depth)}\""
            + $"{JsonEncodedText.Encode(key, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\": {json}";

    // Where the value of auths is, or, with start = end, where it is to be put. Of a key that comes twice the last
    // counts.
    private (int Start, int End, bool IsEmpty) Place()
    {
        var reader = new Utf8JsonReader(_json);
        reader.Read();
        int begin = (int)reader.BytesConsumed;
        (int Start, int End, bool IsEmpty) place = (begin, begin, true);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = reader.ValueTextEquals(AuthsKey);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            place = found ? (start, (int)reader.BytesConsumed, false) : place with { IsEmpty = false };
        }

        return place;
    }

    private IEnumerable<(string Key, JsonElement Value)> Members(JsonElement root, string name) =>
        root.ValueKind != JsonValueKind.Object ? throw CredentialFault.Malformed(_source, "is not a JSON object")
        : !root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? []
        : value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().Select(p => (p.Name, p.Value))
        : throw CredentialFault.Malformed(_source, $"has {name} that is not an object");

    private string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String when value.GetString()!.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') =>
            value.GetString()!,
        // A separator would have the helper looked for elsewhere than on the PATH.
        _ => throw CredentialFault.Malformed(_source, "names a credential helper that is no plain name"),
    };
}
