namespace Engine;

/// <summary>
/// The reasons an <see cref="EngineException"/> can have. They are part of the public contract: scripts match them as
/// PowerShell's ErrorId, other clients as the reason of google.rpc.ErrorInfo. A reason is never renamed or reused.
/// </summary>
public static class EngineErrorReason
{
    /// <summary>A defect of the engine.</summary>
    public const string Internal = nameof(Internal);

    /// <summary>The caller cancelled.</summary>
    public const string Cancelled = nameof(Cancelled);

    /// <summary>No engine answers at the address.</summary>
    public const string EngineNotRunning = nameof(EngineNotRunning);

    /// <summary>The engine's socket may not be opened by this user.</summary>
    public const string EngineAccessDenied = nameof(EngineAccessDenied);

    /// <summary>The address of an engine is malformed, or of a kind that is not supported.</summary>
    public const string InvalidEngineUri = nameof(InvalidEngineUri);

    /// <summary>The engine is shutting down and takes no new work.</summary>
    public const string EngineStopping = nameof(EngineStopping);

    /// <summary>The engine and the client speak different versions of the protocol: one knows what the other does not.</summary>
    public const string ProtocolMismatch = nameof(ProtocolMismatch);

    /// <summary>A message holds a value that the protocol does not allow.</summary>
    public const string InvalidMessage = nameof(InvalidMessage);

    /// <summary>The call did not end within the time that the caller allowed.</summary>
    public const string TimedOut = nameof(TimedOut);

    /// <summary>Another engine holds this data root.</summary>
    public const string DataRootInUse = nameof(DataRootInUse);

    /// <summary>A setting, on the command line or in the configuration file, is not valid.</summary>
    public const string InvalidConfiguration = nameof(InvalidConfiguration);

    /// <summary>The database was written by a newer engine.</summary>
    public const string SchemaTooNew = nameof(SchemaTooNew);

    /// <summary>The engine's database is damaged.</summary>
    public const string StateCorrupt = nameof(StateCorrupt);

    /// <summary>A watcher of events was too slow and lost some.</summary>
    public const string EventsMissed = nameof(EventsMissed);

    /// <summary>The disk, or the quota on it, is full.</summary>
    public const string DiskFull = nameof(DiskFull);

    /// <summary>A file or directory of the client's machine is not there.</summary>
    public const string FileNotFound = nameof(FileNotFound);

    /// <summary>A file of the client's machine cannot be read.</summary>
    public const string FileNotReadable = nameof(FileNotReadable);

    /// <summary>A file of the client's machine cannot be written.</summary>
    public const string FileNotWritable = nameof(FileNotWritable);

    /// <summary>Something of the client's machine is in the way of a file that is to be written.</summary>
    public const string FileExists = nameof(FileExists);

    /// <summary>Several objects or engines were given where one is meant.</summary>
    public const string OnlyOneAllowed = nameof(OnlyOneAllowed);

    /// <summary>A private engine ended, or did not answer, when it was started.</summary>
    public const string EngineStartFailed = nameof(EngineStartFailed);

    /// <summary>No connection of this session has that name.</summary>
    public const string EngineConnectionNotFound = nameof(EngineConnectionNotFound);

    /// <summary>No container has that name or id.</summary>
    public const string ContainerNotFound = nameof(ContainerNotFound);

    /// <summary>Several containers' ids begin with that prefix.</summary>
    public const string AmbiguousContainerId = nameof(AmbiguousContainerId);

    /// <summary>The container's name is taken.</summary>
    public const string ContainerNameInUse = nameof(ContainerNameInUse);

    /// <summary>The name breaks the rule for container names.</summary>
    public const string InvalidContainerName = nameof(InvalidContainerName);

    /// <summary>A creation setting is out of range, malformed or at odds with another one.</summary>
    public const string InvalidContainerConfiguration = nameof(InvalidContainerConfiguration);

    /// <summary>The seccomp profile is malformed, or contradicts itself.</summary>
    public const string InvalidSeccompProfile = nameof(InvalidSeccompProfile);

    /// <summary>Neither the request nor the image says what to run.</summary>
    public const string NoCommand = nameof(NoCommand);

    /// <summary>The container is not running.</summary>
    public const string ContainerNotRunning = nameof(ContainerNotRunning);

    /// <summary>The container runs already.</summary>
    public const string ContainerAlreadyRunning = nameof(ContainerAlreadyRunning);

    /// <summary>The container runs, and the request needs it not to.</summary>
    public const string ContainerRunning = nameof(ContainerRunning);

    /// <summary>The container is paused, and the request needs it not to be.</summary>
    public const string ContainerPaused = nameof(ContainerPaused);

    /// <summary>The container is not paused.</summary>
    public const string ContainerNotPaused = nameof(ContainerNotPaused);

    /// <summary>The container is being removed.</summary>
    public const string ContainerRemoving = nameof(ContainerRemoving);

    /// <summary>A removal of the container failed half-way; only removing it again is possible.</summary>
    public const string ContainerDead = nameof(ContainerDead);

    /// <summary>The runtime could not start the container.</summary>
    public const string ContainerStartFailed = nameof(ContainerStartFailed);

    /// <summary>The command is not in the container's file system (exit code 127).</summary>
    public const string CommandNotFound = nameof(CommandNotFound);

    /// <summary>The command may not be executed (exit code 126).</summary>
    public const string CommandNotExecutable = nameof(CommandNotExecutable);

    /// <summary>The container did not stop, even when killed.</summary>
    public const string StopTimedOut = nameof(StopTimedOut);

    /// <summary>The container ended with an exit code other than zero.</summary>
    public const string ContainerExitedNonZero = nameof(ContainerExitedNonZero);

    /// <summary>A line that a container wrote to its standard error, where it was asked for as an error.</summary>
    public const string ContainerStandardError = nameof(ContainerStandardError);

    /// <summary>The signal's name or number is not known.</summary>
    public const string InvalidSignal = nameof(InvalidSignal);

    /// <summary>A list filter's key or value is not valid.</summary>
    public const string InvalidFilter = nameof(InvalidFilter);

    /// <summary>A user or group is not in the image's passwd or group file.</summary>
    public const string UserNotFound = nameof(UserNotFound);

    /// <summary>The source of a bind mount is not there.</summary>
    public const string MountSourceNotFound = nameof(MountSourceNotFound);

    /// <summary>No image has that reference or id.</summary>
    public const string ImageNotFound = nameof(ImageNotFound);

    /// <summary>Several images' ids begin with that prefix.</summary>
    public const string AmbiguousImageId = nameof(AmbiguousImageId);

    /// <summary>A container uses the image, or several references name it.</summary>
    public const string ImageInUse = nameof(ImageInUse);

    /// <summary>No image for the requested platform.</summary>
    public const string PlatformNotFound = nameof(PlatformNotFound);

    /// <summary>The text is not a platform (os/architecture[/variant]).</summary>
    public const string InvalidPlatform = nameof(InvalidPlatform);

    /// <summary>The reference breaks the grammar.</summary>
    public const string InvalidReference = nameof(InvalidReference);

    /// <summary>The digest breaks the grammar, or its algorithm is not supported.</summary>
    public const string InvalidDigest = nameof(InvalidDigest);

    /// <summary>Content does not have the digest that it should have.</summary>
    public const string DigestMismatch = nameof(DigestMismatch);

    /// <summary>The archive is truncated, malformed, or not one that the engine reads.</summary>
    public const string InvalidArchive = nameof(InvalidArchive);

    /// <summary>An entry of the archive would leave the directory that it is unpacked into.</summary>
    public const string ArchiveEscapesRoot = nameof(ArchiveEscapesRoot);

    /// <summary>A manifest, index or configuration is not valid.</summary>
    public const string InvalidManifest = nameof(InvalidManifest);

    /// <summary>A change to an image's configuration is no instruction that can be applied, or malformed.</summary>
    public const string InvalidChange = nameof(InvalidChange);

    /// <summary>The registry has no manifest or tag of that name, or the repository is not there or not for this user.</summary>
    public const string ManifestNotFound = nameof(ManifestNotFound);

    /// <summary>The registry has no repository of that name, or not for this user.</summary>
    public const string RepositoryNotFound = nameof(RepositoryNotFound);

    /// <summary>The registry does not know the user, or none was given.</summary>
    public const string RegistryUnauthorized = nameof(RegistryUnauthorized);

    /// <summary>The registry knows the user and does not allow what was asked.</summary>
    public const string RegistryDenied = nameof(RegistryDenied);

    /// <summary>The registry does not answer, or not over a connection that can be trusted.</summary>
    public const string RegistryUnreachable = nameof(RegistryUnreachable);

    /// <summary>The registry answers that too much was asked of it.</summary>
    public const string RegistryRateLimited = nameof(RegistryRateLimited);

    /// <summary>The registry answers with a failure, or with what the protocol does not allow.</summary>
    public const string RegistryFailed = nameof(RegistryFailed);

    /// <summary>The registry's certificates or client keys on this host cannot be used.</summary>
    public const string InvalidRegistryCertificate = nameof(InvalidRegistryCertificate);

    /// <summary>A credential helper, or the file of credentials, cannot be used.</summary>
    public const string CredentialStoreFailed = nameof(CredentialStoreFailed);

    /// <summary>This machine keeps no credential for the registry.</summary>
    public const string CredentialNotFound = nameof(CredentialNotFound);

    /// <summary>A blob that the work needs is not in the engine's store.</summary>
    public const string ContentMissing = nameof(ContentMissing);

    /// <summary>A size or a number in the input is over the engine's limit.</summary>
    public const string InputTooLarge = nameof(InputTooLarge);

    /// <summary>A program that the engine needs (crun, runc, conmon) is not installed.</summary>
    public const string RuntimeNotFound = nameof(RuntimeNotFound);

    /// <summary>A runtime or another program that the engine ran did not end in time and was killed.</summary>
    public const string RuntimeTimedOut = nameof(RuntimeTimedOut);

    /// <summary>A command of the runtime failed for a reason that is not the container's.</summary>
    public const string RuntimeFailed = nameof(RuntimeFailed);

    /// <summary>The kernel or the host lacks what the request needs.</summary>
    public const string NotSupportedByHost = nameof(NotSupportedByHost);

    /// <summary>The engine may not do this on this host.</summary>
    public const string PermissionDenied = nameof(PermissionDenied);
}
