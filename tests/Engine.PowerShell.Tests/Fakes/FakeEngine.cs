using System.Collections.Concurrent;
using Engine.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wire = Engine.Protocol.V1;

namespace Engine.Commands.Tests;

/// <summary>
/// An engine that does as a test tells it, on a socket of its own: for what a real one cannot be made to do on purpose
/// (to stall, to fail half-way, to say exactly this), and to see which calls the module makes.
/// </summary>
internal sealed partial class FakeEngine : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-test-");
    private readonly WebApplication _host;

    private FakeEngine()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.ListenUnixSocket(Socket, o => o.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        builder.Services.AddSingleton<FakeContainers>();
        builder.Services.AddSingleton<FakeImages>();
        builder.Services.AddSingleton<FakeRegistries>();
        builder.Services.AddSingleton<FakeSystem>();
        _host = builder.Build();
        _host.MapGrpcService<FakeContainers>();
        _host.MapGrpcService<FakeImages>();
        _host.MapGrpcService<FakeRegistries>();
        _host.MapGrpcService<FakeSystem>();
    }

    public string Socket => Path.Combine(_folder.FullName, "engine.sock");

    public string Uri => $"unix://{Socket}";

    /// <summary>Each call with its object, in order: <c>Stop web</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Calls that the client ended before they were answered.</summary>
    public ConcurrentQueue<string> Cancelled { get; } = new();

    public ConcurrentDictionary<string, Wire.Container> Containers { get; } = new();

    public ConcurrentDictionary<string, Wire.Image> Images { get; } = new();

    /// <summary>What containers write, all at once, when they are started.</summary>
    public List<ContainerLogEntry> Log { get; } = [];

    public int ExitCode { get; set; }

    /// <summary>The request of the last creation.</summary>
    public ContainerConfiguration? Created { get; set; }

    /// <summary>What the last watch asked for.</summary>
    public EventQuery? Watched { get; set; }

    /// <summary>Calls of this name are never answered.</summary>
    public string? Stall { get; set; }

    /// <summary>Calls of this name fail with this.</summary>
    public (string Call, EngineException Error)? Failure { get; set; }

    /// <summary>The credential of the last call that can have one.</summary>
    public RegistryCredential? Credential { get; set; }

    /// <summary>What a sign-in gives instead of the password.</summary>
    public string IdentityToken { get; set; } = "";

    /// <summary>The list that was pushed last.</summary>
    public ManifestList? PushedList { get; set; }

    /// <summary>What an import was sent, byte for byte.</summary>
    public MemoryStream Imported { get; } = new();

    public static async Task<FakeEngine> StartAsync(params string[] containers)
    {
        var engine = new FakeEngine();
        foreach (string name in containers)
        {
            engine.Add(name);
        }

        await engine._host.StartAsync();
        return engine;
    }

    public Wire.Container Add(string name, ContainerState state = ContainerState.Running)
    {
        int number = Containers.Count + 1;
        var container = new Wire.Container
        {
            Id = $"{number:x2}{new string('0', 62)}",
            Name = name,
            Image = "busybox",
            ImageId = $"sha256:{new string('b', 64)}",
            State = state.ToWire(),
            Status = "Up 5 minutes",
            CreatedAt = DateTimeOffset.UnixEpoch.AddDays(number).ToWire(),
            Configuration = new ContainerConfiguration
            {
                Image = "busybox",
                Labels = new Dictionary<string, string> { ["role"] = name },
                Mounts = [new ContainerMount { Type = ContainerMountType.Tmpfs, Target = "/cache", TmpfsSize = 1024 }],
            }.ToWire(),
        };
        Containers[name] = container;
        return container;
    }

    public Wire.Image AddImage(params string[] references)
    {
        var image = new Wire.Image
        {
            Id = $"sha256:{Images.Count + 1:x2}{new string('1', 62)}",
            References = { references },
            Size = 4_404_019,
            Os = "linux",
            Architecture = "amd64",
        };
        Images[image.Id] = image;
        return image;
    }

    public Wire.Container Find(string reference) =>
        Containers.Values.FirstOrDefault(c => c.Name == reference || c.Id.StartsWith(reference, StringComparison.Ordinal))
            ?? throw new EngineException(
                EngineErrorCode.NotFound, EngineErrorReason.ContainerNotFound, $"No container is named '{reference}'.", reference)
                .ToRpcException();

    /// <summary>Notes a call, and does to it what the test asked for.</summary>
    public async Task EnterAsync(string call, string target, CancellationToken cancelled)
    {
        Calls.Enqueue($"{call} {target}".TrimEnd());
        if (FailOnce is { } once && once.Call == call)
        {
            FailOnce = null;
            throw once.Error.ToRpcException();
        }

        if (Failure is { } failure && failure.Call == call)
        {
            throw failure.Error.ToRpcException();
        }

        if (Stall == call)
        {
            var gone = new TaskCompletionSource();
            await using (cancelled.Register(gone.SetResult))
            {
                await gone.Task;
            }

            Cancelled.Enqueue(call);
            cancelled.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _host.StopAsync(now.Token);
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
