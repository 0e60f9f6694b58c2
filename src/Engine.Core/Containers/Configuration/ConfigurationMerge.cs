namespace Engine.Core.Containers.Configuration;

/// <summary>Merges what a request asks for with what the image says: Docker's rules.</summary>
internal static class ConfigurationMerge
{
    public static ContainerConfiguration Merge(ContainerConfiguration request, ImageConfiguration image)
    {
        // An entrypoint of one empty string means none (docker run --entrypoint "").
        var entrypoint = request.Entrypoint is [""] ? [] : request.Entrypoint;
        return request with
        {
            Entrypoint = entrypoint ?? image.Entrypoint,
            // An entrypoint of the request's own makes the image's command meaningless: it was written for another.
            Command = request.Command ?? (entrypoint is null ? image.Command : []),
            Environment = MergeEnvironment(image.Environment, request.Environment),
            Labels = MergeLabels(image.Labels, request.Labels),
            WorkingDirectory = NotEmpty(request.WorkingDirectory) ?? NotEmpty(image.WorkingDirectory) ?? "/",
            User = NotEmpty(request.User) ?? image.User,
            StopSignal = NotEmpty(request.StopSignal) ?? NotEmpty(image.StopSignal),
        };
    }

    /// <summary>Later variables replace earlier ones by name, in the earlier one's place; a bare name removes.</summary>
    public static IReadOnlyList<string> MergeEnvironment(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        var merged = new List<string>(first.Count + second.Count);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var variable in (IEnumerable<string>)[.. first, .. second])
        {
            var separator = variable.IndexOf('=', StringComparison.Ordinal);
            var name = separator < 0 ? variable : variable[..separator];
            var known = places.TryGetValue(name, out var place);
            if (separator < 0)
            {
                if (known)
                {
                    merged[place] = "";
                    places.Remove(name);
                }
            }
            else if (known)
            {
                merged[place] = variable;
            }
            else
            {
                places[name] = merged.Count;
                merged.Add(variable);
            }
        }

        merged.RemoveAll(static variable => variable.Length == 0);
        return merged;
    }

    private static Dictionary<string, string> MergeLabels(
        IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> second)
    {
        var merged = new Dictionary<string, string>(first, StringComparer.Ordinal);
        foreach (var (key, value) in second)
        {
            merged[key] = value;
        }

        return merged;
    }

    private static string? NotEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
