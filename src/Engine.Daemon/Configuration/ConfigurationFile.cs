using System.Text.Json;

namespace Engine.Daemon.Configuration;

/// <summary>
/// A daemon.json, read key by key: a deserializer stops at the first fault, and whoever writes the file wants to know
/// all of them.
/// </summary>
internal sealed class ConfigurationFile
{
    /// <summary>The file that is read unless another is named.</summary>
    public const string DefaultPath = "/etc/engine/daemon.json";

    // Far more than any sane configuration; it keeps a device or a log file, named by mistake, out of the memory.
    private const int MaxLength = 4 << 20;

    private static readonly JsonDocumentOptions s_json = new()
    {
        CommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = false,
        MaxDepth = 16,
    };

    private static readonly byte[] s_byteOrderMark = [0xEF, 0xBB, 0xBF];

    private ConfigurationFile(string path) => Path = path;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The settings in it.</summary>
    public Dictionary<Setting, JsonElement> Values { get; } = [];

    /// <summary>Reads the file at a path.</summary>
    /// <param name="path">The file that the command line named, or null for the default one, which may be missing.</param>
    /// <param name="faults">Where faults are added.</param>
    public static ConfigurationFile Read(string? path, List<ConfigurationFault> faults)
    {
        var file = new ConfigurationFile(path ?? DefaultPath);
        try
        {
            var content = Load(file.Path);
            if (content.IndexOfAnyExcept(" \t\r\n"u8) >= 0)
            {
                file.Parse(content, faults);
            }
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            if (path is not null)
            {
                faults.Add(ConfigurationFault.Value("--config-file", path, "a file that exists"));
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            faults.Add(new ConfigurationFault(file.Path, $"the file cannot be read: {unreadable.Message}"));
        }
        catch (JsonException malformed)
        {
            faults.Add(new ConfigurationFault(file.Path, $"the file is not valid JSON: {malformed.Message}"));
        }

        return file;
    }

    // A lone surrogate such as "\ud800" is valid JSON (RFC 8259, section 8.2), and no text.
    private static void DemandTexts(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = s_json.MaxDepth });
        while (reader.Read())
        {
            try
            {
                _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
            }
            catch (InvalidOperationException incomplete)
            {
                throw new JsonException(incomplete.Message, incomplete);
            }
        }
    }

    private static ReadOnlySpan<byte> Load(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
        using var content = new MemoryStream();
        var chunk = new byte[16 << 10];
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            content.Write(chunk, 0, read);
            if (content.Length > MaxLength)
            {
                throw new IOException($"it is longer than {MaxLength >> 20} MiB");
            }
        }

        var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        return bytes.StartsWith(s_byteOrderMark) ? bytes[s_byteOrderMark.Length..] : bytes;
    }

    private void Parse(ReadOnlySpan<byte> content, List<ConfigurationFault> faults)
    {
        DemandTexts(content);
        using var document = JsonDocument.Parse(content.ToArray(), s_json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new ConfigurationFault(Path, "the file does not hold a JSON object"));
            return;
        }

        foreach (var property in document.RootElement.EnumerateObject())
        {
            var setting = Setting.All.FirstOrDefault(known => known.Key == property.Name);
            if (setting is null)
            {
                faults.Add(new ConfigurationFault(In(property.Name), Unknown(property.Name)));
            }
            else if (!Values.TryAdd(setting, property.Value.Clone()))
            {
                faults.Add(new ConfigurationFault(In(setting.Key), "the key is there twice"));
            }
        }
    }

    /// <summary>How a key of this file is named in a fault.</summary>
    public string In(string key) => $"{key} in {Path}";

    private static string Unknown(string key) =>
        NearestName.Find(key, Setting.All.Select(setting => setting.Key)) is { } nearest
            ? $"there is no such setting; did you mean {nearest}?"
            : "there is no such setting";
}
