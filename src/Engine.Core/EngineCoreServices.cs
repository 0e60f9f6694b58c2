using Engine.Core.Containers;
using Engine.Core.Containers.Files;
using Engine.Core.Containers.Lifecycle;
using Engine.Core.Containers.Records;
using Engine.Core.Containers.Specification;
using Engine.Core.Events;
using Engine.Core.Images;
using Engine.Core.Information;
using Engine.Core.Logs;
using Engine.Core.Registries;
using Engine.Core.State;
using Engine.Linux.Host;
using Engine.Oci.Distribution;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Engine.Core;

/// <summary>Puts the engine's operations together.</summary>
public static class EngineCoreServices
{
    /// <summary>
    /// Adds every operation, and what they stand on, as singletons. Written out rather than found by reflection: it is
    /// checked by the compiler, and works when compiled ahead of time.
    /// </summary>
    public static IServiceCollection AddEngineCore(this IServiceCollection services, EngineOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(options)
            .AddSingleton<EngineDirectories>()
            .AddSingleton<DataRootLock>()
            .AddSingleton(static all =>
            {
                // The lock comes first: two engines must not both believe that the database is theirs.
                all.GetRequiredService<DataRootLock>();
                return EngineDatabase.Open(all.GetRequiredService<EngineDirectories>().Database);
            })
            .AddSingleton<EngineIdentity>()
            .AddSingleton<EventStream>()
            .AddSingleton<WatchEvents>()
            .AddSingleton(static all => new RegistryClient(
                all.Get<EngineOptions>().Registries.ToOptions(all.Get<EngineOptions>().Version),
                all.Get<TimeProvider>()))
            .AddRegistries()
            .AddImages()
            .AddContainerParts()
            .AddContainerOperations()
            .AddSingleton(static all => new GetEngineInfo(
                all.Get<EngineOptions>(), all.Get<EngineIdentity>(), all.Get<ContainerStore>(), all.Get<ListImages>(),
                all.Get<Runtimes>(), all.Get<HostFacts>(), all.Get<HostCgroups>(), all.Get<SeccompFilters>(),
                all.Get<TimeProvider>()))
            .AddSingleton(static all => new EngineStartup(
                all.Get<ImagesRecovery>(), all.Get<ContainersRecovery>(), all.Get<SeccompFilters>(),
                all.Get<ILogger<EngineStartup>>()));
    }

    private static IServiceCollection AddRegistries(this IServiceCollection services) => services
        .AddSingleton(static all => new SignInToRegistry(all.Get<RegistryClient>()))
        .AddSingleton(static all => new SearchRepositories(all.Get<RegistryClient>()))
        .AddSingleton(static all => new ListRepositoryTags(all.Get<RegistryClient>()))
        .AddSingleton(static all => new GetRegistryManifest(all.Get<RegistryClient>()))
        .AddSingleton(static all => new PushManifestList(all.Get<RegistryClient>()));

    private static IServiceCollection AddImages(this IServiceCollection services) => services
        .AddSingleton(static all => new EngineImages(
            all.Get<EngineOptions>(), all.Get<EngineDirectories>(), all.Get<EngineDatabase>(), all.Get<RegistryClient>(),
            all.Get<IImageUsers>(), all.Get<EventStream>(), all.Get<TimeProvider>(), all.Get<ILoggerFactory>()))
        .AddSingleton(static all => all.Get<EngineImages>().Store)
        .AddSingleton(static all => all.Get<EngineImages>().Import)
        .AddSingleton(static all => all.Get<EngineImages>().Export)
        .AddSingleton(static all => all.Get<EngineImages>().History)
        .AddSingleton(static all => all.Get<EngineImages>().Pull)
        .AddSingleton(static all => all.Get<EngineImages>().Push)
        .AddSingleton(static all => all.Get<EngineImages>().List)
        .AddSingleton(static all => all.Get<EngineImages>().Get)
        .AddSingleton(static all => all.Get<EngineImages>().Tag)
        .AddSingleton(static all => all.Get<EngineImages>().Remove)
        .AddSingleton(static all => all.Get<EngineImages>().Prune)
        .AddSingleton(static all => all.Get<EngineImages>().Check)
        .AddSingleton(static all => all.Get<EngineImages>().Recovery);

    private static IServiceCollection AddContainerParts(this IServiceCollection services) => services
        .AddSingleton<ContainerTable>()
        .AddSingleton<ContainerStore>()
        .AddSingleton<IImageUsers, ContainerImageUsers>()
        .AddSingleton<ContainerView>()
        .AddSingleton<ContainerSizes>()
        .AddSingleton<ContainerFileSystem>()
        .AddSingleton<ContainerChanges>()
        .AddSingleton(static all => HostFactsReader.Read(all.Get<HostCgroups>()))
        .AddSingleton(static _ => new HostBoot(BootIdentity.Read(), BootIdentity.StartedAt()))
        .AddSingleton<HostCgroups>()
        .AddSingleton<SeccompFilters>()
        .AddSingleton<Runtimes>()
        .AddSingleton<ContainerBundle>()
        .AddSingleton<ContainerCgroups>()
        .AddSingleton<ContainerProcesses>()
        .AddSingleton<ContainerTeardown>()
        .AddSingleton<ContainerRemoval>()
        .AddSingleton<ContainerExits>()
        .AddSingleton<ContainerSupervisor>()
        .AddSingleton<ContainerRun>()
        .AddSingleton<ContainersRecovery>();

    private static IServiceCollection AddContainerOperations(this IServiceCollection services) => services
        .AddSingleton(static all => new CreateContainer(
            all.Get<ContainerStore>(), all.Get<ImageStore>(), all.Get<Runtimes>(), all.Get<HostFacts>(),
            all.Get<ContainerView>(), all.Get<EventStream>(), all.Get<TimeProvider>(), all.Get<ILogger<CreateContainer>>()))
        .AddSingleton(static all => new StartContainer(all.Get<ContainerStore>(), all.Get<ContainerRun>()))
        .AddSingleton(static all => new StopContainer(
            all.Get<ContainerStore>(), all.Get<ContainerProcesses>(), all.Get<EventStream>(), all.Get<TimeProvider>(),
            all.Get<ILogger<StopContainer>>()))
        .AddSingleton(static all => new RestartContainer(
            all.Get<ContainerStore>(), all.Get<StopContainer>(), all.Get<StartContainer>(), all.Get<EventStream>()))
        .AddSingleton(static all => new SignalContainer(
            all.Get<ContainerStore>(), all.Get<StopContainer>(), all.Get<EventStream>()))
        .AddSingleton(static all => new PauseContainer(
            all.Get<ContainerStore>(), all.Get<ContainerProcesses>(), all.Get<EventStream>()))
        .AddSingleton(static all => new ResumeContainer(
            all.Get<ContainerStore>(), all.Get<ContainerProcesses>(), all.Get<EventStream>()))
        .AddSingleton(static all => new RenameContainer(
            all.Get<ContainerStore>(), all.Get<EventStream>(), all.Get<ILogger<RenameContainer>>()))
        .AddSingleton(static all => new RemoveContainer(
            all.Get<ContainerStore>(), all.Get<ContainerRemoval>(), all.Get<StopContainer>()))
        .AddSingleton(static all => new ExportContainer(
            all.Get<ContainerStore>(), all.Get<ContainerFileSystem>(), all.Get<EventStream>(),
            all.Get<ILogger<ExportContainer>>()))
        .AddSingleton(static all => new CommitContainer(
            all.Get<ContainerStore>(), all.Get<ImageStore>(), all.Get<ContainerChanges>(),
            all.Get<ContainerProcesses>(), all.Get<EventStream>(), all.Get<ILogger<CommitContainer>>()))
        .AddSingleton(static all => new WaitForContainer(all.Get<ContainerStore>()))
        .AddSingleton(static all => new GetContainer(
            all.Get<ContainerStore>(), all.Get<ContainerView>(), all.Get<ContainerSizes>()))
        .AddSingleton(static all => new ListContainers(
            all.Get<ContainerStore>(), all.Get<ContainerView>(), all.Get<ContainerSizes>()))
        .AddSingleton(static all => new ReadContainerLog(
            all.Get<ContainerStore>(), all.Get<EngineDirectories>(), all.Get<TimeProvider>()));

    private static T Get<T>(this IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();
}
