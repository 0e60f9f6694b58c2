using System.Collections.Immutable;

namespace Engine.Oci.Distribution.Authentication;

/// <summary>
/// What a token must allow: <c>type:name:action,action</c>, several of them. Two sets that allow the same are equal as
/// text, whatever their order.
/// </summary>
internal sealed class ScopeSet
{
    // A registry asks for one or two.
    private const int MaxScopes = 64;

    private readonly ImmutableSortedDictionary<string, ImmutableSortedSet<string>> _actions;

    private ScopeSet(ImmutableSortedDictionary<string, ImmutableSortedSet<string>> actions) => _actions = actions;

    public static ScopeSet Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, ImmutableSortedSet<string>>(StringComparer.Ordinal));

    /// <summary>The scopes, each as a token server takes it.</summary>
    public IEnumerable<string> Texts => _actions.Select(static scope => $"{scope.Key}:{string.Join(',', scope.Value)}");

    public static ScopeSet Repository(string path, params ReadOnlySpan<string> actions) =>
        Empty.With($"repository:{path}", [.. actions]);

    /// <summary>Reads what a challenge asks for; what is no scope is left out.</summary>
    public static ScopeSet Parse(string text)
    {
        ScopeSet scopes = Empty;
        foreach (string scope in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxScopes))
        {
            // The name in the middle may hold a host with a port.
            int end = scope.LastIndexOf(':');
            if (end > scope.IndexOf(':', StringComparison.Ordinal))
            {
                scopes = scopes.With(
                    scope[..end], scope[(end + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return scopes;
    }

    public ScopeSet Union(ScopeSet other)
    {
        ScopeSet union = this;
        foreach ((string name, ImmutableSortedSet<string> actions) in other._actions)
        {
            union = union.With(name, actions);
        }

        return union;
    }

    public override string ToString() => string.Join(' ', Texts);

    private ScopeSet With(string name, IEnumerable<string> actions) =>
        new(_actions.SetItem(
            name,
            (_actions.GetValueOrDefault(name) ?? ImmutableSortedSet.Create<string>(StringComparer.Ordinal)).Union(actions)));
}
