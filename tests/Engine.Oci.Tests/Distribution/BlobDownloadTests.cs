using CsCheck;
using Engine.Oci.Distribution;
using Engine.Oci.Documents;
using Engine.Testing.Registry;

namespace Engine.Oci.Tests.Distribution;

public sealed class BlobDownloadTests : DistributionTest
{
    private readonly byte[] _content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 >> 3))];
    private readonly Descriptor _blob;
    private readonly MemoryBlob _target;
    private readonly string _path;

    public BlobDownloadTests()
    {
        _blob = new Descriptor { Digest = Digest.Compute(_content), Size = _content.Length };
        _target = new MemoryBlob(_blob.Digest);
        _path = $"/v2/app/blobs/{Registry.AddBlob("app", _content)}";
    }

    private IEnumerable<string?> Ranges =>
        Registry.Requests.Where(request => request.Path == _path).Select(request => request["Range"]);

    private Task DownloadAsync(RegistryOptions? options = null) =>
        Open(options: options).DownloadBlobAsync(_blob, _target, Cancel);

    [Fact]
    public async Task A_blob_arrives()
    {
        await DownloadAsync();
        Assert.Equal(_content, _target.Content);
    }

    [Fact]
    public async Task A_blob_of_no_bytes_needs_no_request()
    {
        var empty = Digest.Compute([]);
        await Open().DownloadBlobAsync(new Descriptor { Digest = empty, Size = 0 }, new MemoryBlob(empty), Cancel);
        Assert.Empty(Registry.Requests);
    }

    [Fact]
    public async Task Content_that_the_descriptor_brings_needs_no_request()
    {
        await Open().DownloadBlobAsync(_blob with { Data = _content }, _target, Cancel);
        Assert.Equal(_content, _target.Content);
        Assert.Empty(Registry.Requests);
    }

    [Fact]
    public async Task A_download_that_is_cut_goes_on_at_the_byte_where_it_was()
    {
        Registry.Next("GET", _path, new FaultyAnswer { Body = _content, CutAfter = 100_000 });
        await DownloadAsync();
        Assert.Equal(_content, _target.Content);
        Assert.Equal([null, "bytes=100000-"], Ranges);
        Assert.Equal($"blob {_blob.Digest}", Assert.Single(Observer.Retries).What);
    }

    [Fact]
    public async Task A_download_goes_on_where_an_earlier_one_ended()
    {
        var target = new MemoryBlob(_blob.Digest, _content[..1234]);
        await Open().DownloadBlobAsync(_blob, target, Cancel);
        Assert.Equal(_content, target.Content);
        Assert.Equal(["bytes=1234-"], Ranges);
    }

    [Fact]
    public async Task The_whole_in_place_of_the_rest_begins_anew()
    {
        var target = new MemoryBlob(_blob.Digest, _content[..1234]);
        Registry.On("GET", _path, _ => new FaultyAnswer { Body = _content });
        await Open().DownloadBlobAsync(_blob, target, Cancel);
        Assert.Equal(_content, target.Content);
        Assert.Equal(1, target.Restarts);
    }

    [Theory]
    [InlineData(416, null)]
    [InlineData(206, "bytes 0-299999/300000")]
    [InlineData(206, "bytes 1234-299999/999999")]
    [InlineData(206, null)]
    public async Task Another_part_than_the_one_that_was_asked_for_begins_anew(int status, string? range)
    {
        var target = new MemoryBlob(_blob.Digest, _content[..1234]);
        Registry.Next(
            "GET",
            _path,
            new FaultyAnswer { Status = status, Body = _content, Headers = range is null ? [] : [("Content-Range", range)] });
        await Open().DownloadBlobAsync(_blob, target, Cancel);
        Assert.Equal(_content, target.Content);
        Assert.Equal(["bytes=1234-", null], Ranges);
    }

    [Fact]
    public async Task More_than_there_should_be_is_cleared_away_first()
    {
        var target = new MemoryBlob(_blob.Digest, [.. _content, 1]);
        await Open().DownloadBlobAsync(_blob, target, Cancel);
        Assert.Equal(_content, target.Content);
    }

    [Fact]
    public async Task A_rotten_beginning_is_found_out_and_the_whole_fetched_again()
    {
        var target = new MemoryBlob(_blob.Digest, 9, 9, 9);
        await Open().DownloadBlobAsync(_blob, target, Cancel);
        Assert.Equal(_content, target.Content);
    }

    [Fact]
    public async Task Content_with_another_digest_is_fetched_as_often_as_allowed_and_then_refused()
    {
        Registry.On("GET", _path, _ => new FaultyAnswer { Body = new byte[_content.Length] });
        await FaultAsync(() => DownloadAsync(), EngineErrorReason.DigestMismatch);
        Assert.Equal(Options.MaxAttempts, Ranges.Count());
        Assert.Equal(0, _target.Length);
    }

    [Fact]
    public async Task A_blob_that_says_it_is_too_long_is_refused_at_once()
    {
        Registry.On("GET", _path, _ => new FaultyAnswer { Body = _content.Append((byte)0).ToArray() });
        await FaultAsync(() => DownloadAsync(), EngineErrorReason.DigestMismatch);
        Assert.Single(Ranges);
        Assert.Equal(0, _target.Length);
    }

    [Fact]
    public async Task A_blob_without_end_is_refused_at_its_size()
    {
        Registry.On("GET", _path, _ => new FaultyAnswer { Body = _content, IsEndless = true });
        await FaultAsync(() => DownloadAsync(), EngineErrorReason.DigestMismatch);
        Assert.Single(Ranges);
        Assert.InRange(_target.Length, 0, _content.Length);
    }

    [Fact]
    public async Task A_blob_that_is_too_short_is_asked_for_its_rest_and_then_refused()
    {
        Registry.On("GET", _path, request => request["Range"] is null
            ? new FaultyAnswer { Body = _content.AsMemory(0, 1000) }
            : FaultyAnswer.Text(206, "", ("Content-Range", "bytes 1000-1000/300000")));
        var fault = await FaultAsync(() => DownloadAsync(), EngineErrorReason.RegistryFailed);
        Assert.Contains("1000 of 300000", fault.Message, StringComparison.Ordinal);
        Assert.Equal([null, "bytes=1000-", "bytes=1000-"], Ranges);
    }

    [Fact]
    public async Task A_registry_that_dribbles_comes_to_an_end()
    {
        Registry.On("GET", _path, request =>
        {
            int from = int.Parse((request["Range"] ?? "bytes=0-")["bytes=".Length..].TrimEnd('-'), null);
            var rest = _content.AsMemory(from);
            return new FaultyAnswer
            {
                Status = from == 0 ? 200 : 206,
                Headers = [("Content-Range", $"bytes {from}-299999/300000")],
                Body = rest,
                CutAfter = 1,
            };
        });
        await FaultAsync(() => DownloadAsync(), EngineErrorReason.RegistryUnreachable);
        Assert.Equal(Options.MaxAttempts, Ranges.Count());
    }

    [Fact]
    public async Task A_registry_that_falls_silent_is_given_up_and_asked_again()
    {
        Registry.Next("GET", _path, new FaultyAnswer { Body = _content, StallAfter = 5000 });
        await DownloadAsync(Options with { StallTimeout = TimeSpan.FromSeconds(2) });
        Assert.Equal(_content, _target.Content);
        Assert.Equal("bytes=5000-", Ranges.Last());
        Assert.Contains("too long", Assert.Single(Observer.Retries).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_a_registry_does_the_blob_arrives_or_the_download_fails() =>
        await Gen.Int[0, 4].Select(Gen.Int[0, 1000]).List[0, 6].SampleAsync(
            async faults =>
            {
                byte[] content = _content[..1000];
                var blob = new Descriptor { Digest = Digest.Parse(Registry.AddBlob("app", content)), Size = content.Length };
                string path = $"/v2/app/blobs/{blob.Digest}";
                Registry.Next("GET", path, [.. faults.Select(fault => Fault(fault.Item1, fault.Item2, content))]);
                var target = new MemoryBlob(blob.Digest, content[..faults.Count]);
                try
                {
                    await Open(options: Options with { MaxAttempts = 4 }).DownloadBlobAsync(blob, target, Cancel);
                    Assert.Equal(content, target.Content);
                }
                catch (EngineException)
                {
                    Assert.True(faults.Count > 0, "It failed without a fault.");
                }

                Registry.Forget();
            },
            iter: 40,
            threads: 1);

    private static FaultyAnswer Fault(int kind, int at, byte[] content) => kind switch
    {
        0 => new FaultyAnswer { Body = content, CutAfter = at },
        1 => new FaultyAnswer { Body = new byte[content.Length] },
        2 => FaultyAnswer.Text(503, ""),
        3 => FaultyAnswer.Text(416, ""),
        _ => new FaultyAnswer
        {
            Status = 206,
            Headers = [("Content-Range", $"bytes {at}-{content.Length - 1}/{content.Length}")],
            Body = content.AsMemory(at),
        },
    };

    [Fact]
    public async Task A_full_disk_is_no_failure_of_the_registry()
    {
        var target = new MemoryBlob(_blob.Digest) { Fault = new IOException("No space left on device") };
        Assert.Equal("No space left on device", (await Assert.ThrowsAsync<IOException>(
            () => Open().DownloadBlobAsync(_blob, target, Cancel))).Message);
        Assert.Single(Ranges);
    }

    [Fact]
    public async Task Cancelling_ends_a_download_that_stands_still()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var stalled = new TaskCompletionSource();
        Registry.On("GET", _path, _ =>
        {
            stalled.TrySetResult();
            return new FaultyAnswer { Body = _content, StallAfter = 5000 };
        });
        Task download = Open().DownloadBlobAsync(_blob, _target, stop.Token);
        await stalled.Task.WaitAsync(Cancel);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
    }
}
