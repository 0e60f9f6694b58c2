using Engine.Oci.Distribution;

namespace Engine.Core.Images;

/// <summary>Hands a registry's warnings to the user: each of them once, and no more than anybody would read.</summary>
internal sealed class RegistryWarnings(Action<string>? warning) : IRegistryObserver
{
    private const int Most = 100;

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public void Warning(string text)
    {
        lock (_told)
        {
            if (_told.Count == Most || !_told.Add(text))
            {
                return;
            }
        }

        warning?.Invoke(text);
    }

    public void Retrying(string what, TimeSpan delay, Exception cause)
    {
        // Manifests are small and have no progress of their own; a layer's download tells its own.
    }
}
