using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Engine.Benchmarks.Engines;

/// <summary>
/// dockerd, over its HTTP API: the least that a client must do, without the docker command's own cost.
/// </summary>
internal sealed class DockerProcess(string program) : IMeasuredEngine
{
    private readonly PrivateDirectory _directory = new();
    private HttpClient? _client;
    private Process? _process;

    public string Name => "dockerd";

    public async Task<TimeSpan?> StartAsync()
    {
        long started = Stopwatch.GetTimestamp();
        _process = _directory.Start(
            program, "--data-root", _directory["data"], "--exec-root", _directory["exec"], "--pidfile",
            _directory["pid"],
            "-H", "unix://" + _directory["sock"], "--iptables=false", "--ip6tables=false", "--bridge=none",
            "--log-level", "error");
        _client = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, UseProxy = false })
        {
            BaseAddress = new Uri("http://docker/"),
            Timeout = TimeSpan.FromMinutes(5),
        };
        while (true)
        {
            try
            {
                (await _client.GetAsync(new Uri("_ping", UriKind.Relative))).EnsureSuccessStatusCode();
                return Stopwatch.GetElapsedTime(started);
            }
            catch (HttpRequestException) when (
                !_process.HasExited && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1))
            {
                await Task.Delay(1);
            }
            catch (HttpRequestException e)
            {
                throw new InvalidOperationException($"dockerd does not answer: {e.Message}\n{_directory.LogTail()}", e);
            }
        }
    }

    public async Task PrepareAsync()
    {
        using var archive = new ByteArrayContent(BenchmarkImage.RootFileSystem());
        archive.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        await SendAsync(HttpMethod.Post, "images/create?fromSrc=-&repo=bench&tag=latest", archive);
    }

    public async Task RunAsync(int client, PhaseTimes? phases)
    {
        phases?.Begin();
        string id = await CreateAsync("true");
        phases?.End("create");
        // The headers of the answer are sent when the wait is in place.
        using var request = new HttpRequestMessage(HttpMethod.Post, $"containers/{id}/wait?condition=next-exit");
        using HttpResponseMessage wait = await _client!.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        phases?.End("begin to wait");
        await SendAsync(HttpMethod.Post, $"containers/{id}/start");
        phases?.End("start");
        int code = (int)JsonNode.Parse(await wait.Content.ReadAsStringAsync())!["StatusCode"]!;
        if (code != 0)
        {
            throw new InvalidOperationException($"The container ended with {code}.");
        }

        phases?.End("exit");
        await SendAsync(HttpMethod.Delete, $"containers/{id}");
        phases?.End("remove");
    }

    public async Task StartSleepersAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await SendAsync(HttpMethod.Post, $"containers/{await CreateAsync("sleep", "1000")}/start");
        }
    }

    public long? DaemonMemory() => PrivateDirectory.Resident(_process!.Id) + _directory.Memory("containerd");

    // The kernel cuts names to 15 characters (proc(5), comm).
    public long MonitorMemory() => _directory.Memory("containerd-shim");

    public async Task PullAsync(string reference)
    {
        string steps = await SendAsync(
            HttpMethod.Post, $"images/create?fromImage={Uri.EscapeDataString(reference)}");
        if (steps.Contains("\"error\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"dockerd could not pull {reference}: {steps[^Math.Min(500, steps.Length)..]}");
        }
    }

    public Task RemoveImageAsync(string reference) => SendAsync(HttpMethod.Delete, $"images/{reference}?force=1");

    public long? PeakMemory() => PrivateDirectory.Peak(_process!.Id);

    public TimeSpan? ProcessorTime() => PrivateDirectory.ProcessorTime(_process!.Id);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            string list = await SendAsync(HttpMethod.Get, "containers/json?all=1");
            foreach (JsonNode? container in JsonNode.Parse(list)!.AsArray())
            {
                await SendAsync(HttpMethod.Delete, $"containers/{container!["Id"]}?force=1");
            }

            using Process terminate = Process.Start("kill", [$"{_process.Id}"]);
            await _process.WaitForExitAsync();
        }

        _client?.Dispose();
        _process?.Dispose();
        _directory.Dispose();
    }

    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_directory["sock"]), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task<string> CreateAsync(params string[] command)
    {
        var body = new JsonObject
        {
            ["Image"] = BenchmarkImage.Reference,
            ["Cmd"] = new JsonArray([.. command.Select(c => JsonValue.Create(c))]),
            ["HostConfig"] = new JsonObject { ["NetworkMode"] = "none" },
        };
        using var content =
            new StringContent(body.ToJsonString(JsonSerializerOptions.Default), Encoding.UTF8, "application/json");
        return (string)JsonNode.Parse(await SendAsync(HttpMethod.Post, "containers/create", content))!["Id"]!;
    }

    private async Task<string> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using HttpResponseMessage response = await _client!.SendAsync(request);
        string body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? body
            : throw new InvalidOperationException(
                $"{method} {path}: {(int)response.StatusCode} {body}\n{_directory.LogTail()}");
    }
}
