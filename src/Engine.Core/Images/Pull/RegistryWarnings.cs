using Engine.Oci.Distribution;

namespace Engine.Core.Images.Pull;

/// <summary>Hands a registry's warnings to the user, each of them once.</summary>
internal sealed class RegistryWarnings(Action<string>? warning) : IRegistryObserver
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    public void Warning(string text)
    {
        lock (_told)
        {
            if (!_told.Add(text))
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
