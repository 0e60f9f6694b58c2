namespace Engine.Oci.Distribution;

/// <summary>Hears what goes on beside the result. Calls may come from several threads at once.</summary>
public interface IRegistryObserver
{
    /// <summary>The registry, or a mirror, has something to say to the user.</summary>
    /// <param name="text">A line, fit to be shown.</param>
    void Warning(string text);

    /// <summary>Something failed and will be tried again.</summary>
    /// <param name="what">What: 'layer sha256:…' …</param>
    /// <param name="delay">After how long.</param>
    /// <param name="cause">Why; its message is fit to be shown.</param>
    void Retrying(string what, TimeSpan delay, Exception cause);
}
