using System.Management.Automation;
using System.Net;
using System.Security;
using Engine.Client;

namespace Engine.Commands;

/// <summary>
/// Signs in to a registry: the engine checks the credential, and this machine keeps it where docker keeps it.
/// </summary>
[Cmdlet(
    VerbsCommunications.Connect,
    "ContainerRegistry",
    DefaultParameterSetName = ByCredential,
    SupportsShouldProcess = true)]
[OutputType(typeof(RegistrySession))]
public sealed class ConnectContainerRegistryCommand : EngineCmdlet
{
    private const string ByCredential = "ByCredential";
    private const string ByToken = "ByToken";

    /// <summary>The registry's host, with its port if it has one. By default Docker Hub.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [RegistryCompleter]
    public string Registry { get; set; } = RegistryHost.Hub;

    /// <summary>The user's name, and the password or what the registry takes for one.</summary>
    [Parameter(ParameterSetName = ByCredential, Mandatory = true, Position = 1)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>A token of an earlier sign-in, instead of a user's name and password.</summary>
    [Parameter(ParameterSetName = ByToken, Mandatory = true)]
    [ValidateNotNull]
    public SecureString IdentityToken { get; set; } = new();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (EngineConnection engine in Engines)
        {
            Try(() => Connect(engine), null);
        }
    }

    private void Connect(EngineConnection engine)
    {
        string host = RegistryHost.Normalize(Registry);
        if (!ShouldProcess(host, "Sign in"))
        {
            return;
        }

        CredentialStore store = CredentialStore.Current;
        RegistryCredential given = Given();
        RegistrySession session = Await(async stop =>
        {
            RegistrySignIn signedIn = await EngineClients.Of(engine).Registries
                .SignInAsync(host, given, stop).ConfigureAwait(false);
            RegistryCredential kept = signedIn.IdentityToken.Length == 0
                ? given
                : given with { Password = "", IdentityToken = signedIn.IdentityToken };
            return await store.SaveAsync(host, kept, stop).ConfigureAwait(false);
        });
        if (Path.IsPathRooted(session.Store))
        {
            WriteWarning(
                $"The credential is kept in '{session.Store}', which is not encrypted. Name a credential helper in that "
                    + "file (credsStore), and sign in again, to keep it in a key ring.");
        }

        if (store.IsGivenByEnvironment(host))
        {
            WriteWarning(
                $"The variable DOCKER_AUTH_CONFIG has another credential for '{host}', which wins over this one.");
        }

        WriteObject(session with { Engine = engine });
    }

    private RegistryCredential Given()
    {
        if (ParameterSetName == ByToken)
        {
            return new RegistryCredential { IdentityToken = new NetworkCredential("", IdentityToken).Password };
        }

        NetworkCredential plain = Credential.GetNetworkCredential();
        // Not its UserName: that of NetworkCredential leaves out a domain, and the whole name is what a registry knows.
        return new RegistryCredential { Username = Credential.UserName, Password = plain.Password };
    }
}
