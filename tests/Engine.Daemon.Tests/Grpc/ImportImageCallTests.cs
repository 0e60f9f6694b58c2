using Engine.Daemon.Grpc;
using Engine.Protocol.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Engine.Daemon.Tests.Grpc;

public sealed class ImportImageCallTests
{
    private readonly KeptResponses<ImportImageResponse> _responses = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_archive_arrives_whole_and_the_image_is_the_last_answer()
    {
        byte[] archive = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];
        byte[] received = [];
        await RunAsync(
            [Header(), .. archive.Chunk(7000).Select(Chunk), Chunk([])],
            async (stream, import, progress, ct) =>
            {
                Assert.Equal(["busybox:latest"], import.References);
                var copy = new MemoryStream();
                await stream.CopyToAsync(copy, 1 << 20, ct);
                received = copy.ToArray();
                progress!.Report(new("layer", "Reading", received.Length, null));
                return [new ContainerImage { Id = "sha256:1" }];
            });
        Assert.Equal(archive, received);
        Assert.Equal(
            [ImportImageResponse.PartOneofCase.Progress, ImportImageResponse.PartOneofCase.Image],
            _responses.Written.Select(written => written.Message.PartCase));
    }

    [Fact]
    public async Task An_archive_can_be_read_synchronously()
    {
        var length = 0L;
        await RunAsync([Header(), Chunk([1, 2]), Chunk([3])], async (stream, _, _, _) =>
        {
            await Task.Yield();
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            length = copy.Length;
            return [];
        });
        Assert.Equal(3, length);
    }

    [Fact]
    public async Task The_first_message_must_be_the_header()
    {
        Assert.Equal(EngineErrorReason.InvalidMessage, (await FailAsync([])).Reason);
        Assert.Equal(EngineErrorReason.InvalidMessage, (await FailAsync([Chunk([1])])).Reason);
        Assert.Equal(EngineErrorReason.InvalidMessage, (await FailAsync([new ImportImageRequest()])).Reason);
    }

    [Fact]
    public async Task All_others_must_be_chunks_of_at_most_a_mebibyte()
    {
        Assert.Equal(EngineErrorReason.InvalidMessage, (await FailAsync([Header(), Header()])).Reason);
        Assert.Equal(EngineErrorReason.InvalidMessage, (await FailAsync([Header(), new ImportImageRequest()])).Reason);
        Assert.Equal(EngineErrorReason.InvalidMessage, (await FailAsync([Header(), Chunk(new byte[(1 << 20) + 1])])).Reason);
    }

    [Fact]
    public async Task A_sender_that_breaks_off_fails_the_import_and_not_only_the_reading()
    {
        var error = await Assert.ThrowsAsync<IOException>(() => new ImportImageCall(
            new Requests([Header(), Chunk([1])], breaksOff: true), _responses).RunAsync(ReadAllAsync, Token));
        Assert.Equal("broken off", error.Message);
        Assert.Empty(_responses.Written);
    }

    [Fact]
    public async Task A_reader_of_progress_that_is_gone_ends_the_import()
    {
        var ended = false;
        var gone = new KeptResponses<ImportImageResponse> { FailsAt = 0 };
        await Assert.ThrowsAsync<IOException>(() => new ImportImageCall(new Requests([Header()]), gone).RunAsync(
            async (_, _, progress, ct) =>
            {
                try
                {
                    progress!.Report(new("layer", "Reading", 1, null));
                    await Task.Delay(Timeout.Infinite, ct);
                    return [];
                }
                finally
                {
                    ended = true;
                }
            },
            Token));
        Assert.True(ended);
    }

    private static ImportImageRequest Header() => new() { Header = new ImportImageHeader { References = { "busybox:latest" } } };

    private static ImportImageRequest Chunk(byte[] bytes) => new() { Chunk = ByteString.CopyFrom(bytes) };

    private static async Task<IReadOnlyList<ContainerImage>> ReadAllAsync(
        Stream stream, ImageImport import, IProgress<Engine.ImageProgress>? progress, CancellationToken cancellationToken)
    {
        await stream.CopyToAsync(Stream.Null, cancellationToken);
        return [];
    }

    private Task RunAsync(IReadOnlyList<ImportImageRequest> requests, ImportImageCall.Operation operation) =>
        new ImportImageCall(new Requests(requests), _responses).RunAsync(operation, Token);

    private async Task<EngineException> FailAsync(IReadOnlyList<ImportImageRequest> requests) =>
        await Assert.ThrowsAsync<EngineException>(() => RunAsync(requests, ReadAllAsync));

    private sealed class Requests(IReadOnlyList<ImportImageRequest> requests, bool breaksOff = false)
        : IAsyncStreamReader<ImportImageRequest>
    {
        private int _next;

        public ImportImageRequest Current => requests[_next - 1];

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            await Task.Yield();
            return _next++ < requests.Count || (breaksOff ? throw new IOException("broken off") : false);
        }
    }
}
