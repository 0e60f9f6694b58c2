using System.Management.Automation;
using Engine.Client;

namespace Engine.Commands;

/// <summary>Completes the hosts of registries that this machine has a credential for.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RegistryCompleterAttribute : ArgumentCompleterAttribute, IArgumentCompleterFactory
{
    /// <inheritdoc/>
    public IArgumentCompleter Create() => new Completer();

    private sealed class Completer : EngineCompletion
    {
        private protected override async Task<List<Suggestion>> SuggestAsync(
            string command, EngineConnection engine, CancellationToken cancellationToken) =>
            [.. (await CredentialStore.Current.ListAsync(cancellationToken).ConfigureAwait(false))
                .Select(s => new Suggestion(s.Registry, $"{s.Username} ({s.Store})"))];
    }
}
