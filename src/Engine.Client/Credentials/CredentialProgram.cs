using System.Text.Json;
using System.Text.Json.Nodes;

namespace Engine.Client;

/// <summary>
/// A program that keeps credentials, in a key ring or elsewhere; docker calls it a credential helper
/// (github.com/docker/docker-credential-helpers):
/// <c>docker-credential-NAME get|store|erase|list</c>.
/// </summary>
/// <param name="name">What config.json calls it.</param>
/// <param name="searchPath">The directories that it may be in, as in PATH.</param>
/// <param name="limit">How long one run of it may take.</param>
internal sealed class CredentialProgram(string name, string searchPath, TimeSpan limit)
{
    // The two texts are part of the protocol: there is no other way to tell "none" from a failure.
    private const string NotFound = "credentials not found in native keychain";
    private const string TokenUser = "<token>";

    /// <summary>What config.json calls it.</summary>
    public string Name => name;

    /// <summary>The credential of a key, or null.</summary>
    public async Task<RegistryCredential?> GetAsync(string key, CancellationToken cancellationToken)
    {
        if (await AskAsync("get", key, cancellationToken).ConfigureAwait(false) is not { } answer)
        {
            return null;
        }

        string username = Text(answer, "Username");
        string secret = Text(answer, "Secret");
        return secret.Length == 0 && username.Length == 0 ? null
            : username == TokenUser ? new RegistryCredential { IdentityToken = secret }
            : new RegistryCredential { Username = username, Password = secret };
    }

    /// <summary>Keeps a credential.</summary>
    public async Task StoreAsync(string key, RegistryCredential credential, CancellationToken cancellationToken)
    {
        bool isToken = credential.IdentityToken.Length > 0;
        var told = new JsonObject
        {
            ["ServerURL"] = key,
            ["Username"] = isToken ? TokenUser : credential.Username,
            ["Secret"] = isToken ? credential.IdentityToken : credential.Password,
        };
        (int exitCode, _) = await RunAsync("store", told.ToJsonString(), cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
        {
            // Not what it wrote: it was told a secret.
            throw CredentialFault.Helper(name, $"could not store the credential of '{key}' (exit code {exitCode})");
        }
    }

    /// <summary>Forgets a credential.</summary>
    public async Task EraseAsync(string key, CancellationToken cancellationToken)
    {
        (int exitCode, string output) = await RunAsync("erase", key, cancellationToken).ConfigureAwait(false);
        if (exitCode != 0 && !output.Contains(NotFound, StringComparison.OrdinalIgnoreCase))
        {
            throw Failed("erase", exitCode, output);
        }
    }

    /// <summary>The user names by key.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListAsync(CancellationToken cancellationToken)
    {
        JsonElement? answer = await AskAsync("list", "", cancellationToken).ConfigureAwait(false);
        return answer?.EnumerateObject()
            .Where(p => p.Value.ValueKind == JsonValueKind.String)
            .GroupBy(p => p.Name, p => p.Value.GetString()!)
            .ToDictionary(g => g.Key, g => g.Last() == TokenUser ? "" : g.Last()) ?? [];
    }

    private static string Text(JsonElement answer, string property) =>
        // Go reads names without regard to case, and helpers are written in Go.
        answer.EnumerateObject()
            .LastOrDefault(p => string.Equals(p.Name, property, StringComparison.OrdinalIgnoreCase)).Value
            is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    private async Task<JsonElement?> AskAsync(string verb, string input, CancellationToken cancellationToken)
    {
        (int exitCode, string output) = await RunAsync(verb, input, cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
        {
            return output.Contains(NotFound, StringComparison.OrdinalIgnoreCase)
                ? null
                : throw Failed(verb, exitCode, output);
        }

        try
        {
            using var answer = JsonDocument.Parse(output);
            if (answer.RootElement.ValueKind == JsonValueKind.Object)
            {
                return answer.RootElement.Clone();
            }
        }
        catch (JsonException)
        {
            // As what is no object: what it wrote instead is not shown, it may be a secret.
        }

        throw CredentialFault.Helper(name, $"answered to '{verb}' with something that is not a JSON object");
    }

    private EngineException Failed(string verb, int exitCode, string output)
    {
        string line = new(
            [.. output.Trim().TakeWhile(c => c is not '\n' and not '\r').Where(c => !char.IsControl(c)).Take(200)]);
        // A helper says what it could not do in a sentence. What begins as an answer does may hold a secret.
        string said = line.Length == 0 || line.Contains('{', StringComparison.Ordinal) ? "" : $": {line}";
        return CredentialFault.Helper(name, $"could not '{verb}' (exit code {exitCode}){said}");
    }

    private Task<(int ExitCode, string Output)> RunAsync(
        string verb, string input, CancellationToken cancellationToken) =>
        CredentialProgramRun.RunAsync(name, Find(), verb, input, limit, cancellationToken);

    // Not left to the system's search: that of .NET also looks into the current directory, where a repository that
    // somebody has just cloned could have a program of that name.
    private string Find()
    {
        string file = "docker-credential-" + name + (OperatingSystem.IsWindows() ? ".exe" : "");
        return searchPath.Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(directory => Path.Combine(directory, file))
            .FirstOrDefault(File.Exists)
            ?? throw CredentialFault.Helper(name, "is not on the PATH", EngineErrorCode.NotFound);
    }
}
