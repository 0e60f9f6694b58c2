using System.Management.Automation;
using Engine.Client;

namespace Engine.Commands;

/// <summary>Forgets credentials for registries that this machine keeps.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "ContainerRegistry", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectContainerRegistryCommand : PSCmdlet
{
    /// <summary>
    /// The registries' hosts, with their ports if they have one. Wildcards match those with a credential. By default
    /// Docker Hub.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [RegistryCompleter]
    public string[] Registry { get; set; } = [RegistryHost.Hub];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string registry in Registry)
        {
            try
            {
                Disconnect(registry);
            }
            catch (EngineException e)
            {
                WriteError(ErrorRecords.From(e, registry));
            }
            catch (OperationCanceledException) when (PipelineStopToken.IsCancellationRequested)
            {
                throw new PipelineStoppedException();
            }
        }
    }

    private void Disconnect(string registry)
    {
        CredentialStore store = CredentialStore.Current;
        if (!WildcardPattern.ContainsWildcardCharacters(registry) || registry.StartsWith('['))
        {
            string host = RegistryHost.Normalize(registry);
            if (ShouldProcess(host, "Sign out") && !Await(stop => store.EraseAsync(host, stop)))
            {
                throw new EngineException(
                    EngineErrorCode.NotFound,
                    EngineErrorReason.CredentialNotFound,
                    $"This machine keeps no credential for '{host}'.",
                    host);
            }

            return;
        }

        var pattern = WildcardPattern.Get(registry, WildcardOptions.IgnoreCase);
        foreach (RegistrySession session in Await(store.ListAsync).Where(s => pattern.IsMatch(s.Registry)))
        {
            if (ShouldProcess(session.Registry, "Sign out"))
            {
                Await(stop => store.EraseAsync(session.Registry, stop));
            }
        }
    }

    private T Await<T>(Func<CancellationToken, Task<T>> work) =>
        Task.Run(() => work(PipelineStopToken), PipelineStopToken).GetAwaiter().GetResult();
}
