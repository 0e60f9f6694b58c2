using System.Net;
using System.Net.Sockets;
using Engine.Core;
using Engine.Daemon.Configuration;
using Engine.Daemon.Grpc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting.Systemd;

namespace Engine.Daemon.Hosting;

/// <summary>Puts the process together.</summary>
internal static class EngineHost
{
    // A client has one connection for all its calls; this is far above what honest clients need, and far below what
    // file descriptors and memory allow.
    private const int MaxConnections = 1000;
    private const int MaxCallsPerConnection = 1000;

    private const int MaxMessageBytes = 4 << 20;

    /// <summary>Makes the host of a configuration; nothing is started or listened on yet.</summary>
    /// <exception cref="EngineException">InvalidConfiguration.</exception>
    public static WebApplication Build(EngineConfiguration configuration)
    {
        // The empty builder reads no appsettings.json of the working directory and no ASPNETCORE_ variables: what the
        // administrator wrote is all that counts.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "engined",
            ContentRootPath = "/",
        });
        LogOutput.Configure(builder.Logging, configuration);
        AddServices(builder.Services, configuration, SocketAccess.Of(configuration));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, configuration));

        var app = builder.Build();
        app.UseRouting();
        app.UseMiddleware<WatchingCalls>();
        app.MapEngineServices();
        return app;
    }

    private static void AddServices(IServiceCollection services, EngineConfiguration configuration, SocketAccess access)
    {
        services.AddSingleton(configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(access);
        services.AddSingleton<EngineSocket>();
        services.AddSingleton<PeerGate>();
        services.AddSingleton<Drain>();
        services.AddSingleton<IHostLifetime, EngineLifetime>();
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddEngineCore(configuration.Engine);
        services.AddHostedService<EngineService>();
        services.AddHostedService<Readiness>();
        services.AddOptions<SocketTransportOptions>().Configure<EngineSocket>(
            (transport, socket) => transport.CreateBoundListenSocket = endpoint => Bind(socket, endpoint));
        // The drain's own limit is the only one.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        services.AddRoutingCore();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaxMessageBytes;
            grpc.Interceptors.Add<ErrorInterceptor>();
        });
        services.AddSingleton<ErrorInterceptor>();
        services.AddEngineServices();
    }

    private static void Listen(KestrelServerOptions kestrel, EngineConfiguration configuration)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.Http2.MaxStreamsPerConnection = MaxCallsPerConnection;
        // A client that died without closing (a stopped or frozen machine behind a forwarded socket) is found out.
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(30);
        // A pipeline may pause for hours while it follows a log: slowness is no attack from those who may connect.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        var gate = kestrel.ApplicationServices.GetRequiredService<PeerGate>();
        foreach (var path in configuration.Sockets)
        {
            kestrel.ListenUnixSocket(path, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.Use(gate.Guard);
            });
        }
    }

    private static Socket Bind(EngineSocket socket, EndPoint endpoint) =>
        socket.Bind(((UnixDomainSocketEndPoint)endpoint).ToString()!);
}
