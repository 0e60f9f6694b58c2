using Engine.Oci.Distribution;
using Engine.Testing.Registry;

namespace Engine.Oci.Tests.Distribution.Uploads;

public sealed class BlobUploadTests : DistributionTest
{
    private const string Start = "/v2/app/blobs/uploads/";
    private const int Mebibyte = 1024 * 1024;

    private readonly byte[] _content = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 37 >> 4))];
    private readonly List<long> _progress = [];

    private IEnumerable<string> Sent => Registry.Requests.Where(request => request.Path.StartsWith("/v2/", StringComparison.Ordinal)
        && request.Path != "/v2/").Select(request => $"{request.Method} {request["Content-Range"] ?? $"{request.Body.Length}"}");

    private static RegistryOptions Chunks(int bytes) =>
        Options with { ChunkedUploadThreshold = 0, UploadChunkBytes = bytes };

    private async Task<Digest> UploadAsync(byte[]? content = null, RegistryOptions? options = null)
    {
        content ??= _content;
        var digest = Digest.Compute(content);
        await Open(access: RepositoryAccess.Push, options: options)
            .UploadBlobAsync(digest, content.Length, () => new MemoryStream(content, writable: false), _progress.Add, Cancel);
        return digest;
    }

    private void HasAll(byte[] content) =>
        Assert.Equal(content, Registry.Blob("app", Digest.Compute(content).ToString()));

    [Fact]
    public async Task A_blob_goes_in_one_piece_and_the_place_is_used_as_it_was_named()
    {
        Digest digest = await UploadAsync();
        HasAll(_content);
        Assert.Equal(["POST 0", "PUT 3000000"], Sent);
        Assert.Equal($"_state=a%2Fb%3D0&digest=sha256%3A{digest.Hex}", Registry.Requests[^1].Query);
        Assert.Equal(_content.Length, _progress[^1]);
        Assert.Equal(_progress.Order(), _progress);
    }

    [Fact]
    public async Task A_small_blob_takes_one_request_where_the_registry_allows_it()
    {
        Registry.TakesSinglePost = true;
        await UploadAsync([1, 2, 3]);
        HasAll([1, 2, 3]);
        Assert.Equal(["POST 3"], Sent);
    }

    [Fact]
    public async Task A_registry_that_does_not_allow_it_is_asked_once()
    {
        RepositoryClient repository = Open(access: RepositoryAccess.Push);
        foreach (byte[] content in new byte[][] { [1], [2], [] })
        {
            await repository.UploadBlobAsync(Digest.Compute(content), content.Length, () => new MemoryStream(content), null, Cancel);
            HasAll(content);
        }

        Assert.Equal(["POST 1", "PUT 1", "POST 0", "PUT 1", "POST 0", "PUT 0"], Sent);
    }

    [Fact]
    public async Task A_large_blob_goes_in_chunks()
    {
        await UploadAsync(options: Chunks(Mebibyte));
        HasAll(_content);
        Assert.Equal(["POST 0", "PATCH 0-1048575", "PATCH 1048576-2097151", "PATCH 2097152-2999999", "PUT 0"], Sent);
    }

    [Fact]
    public async Task A_registry_may_want_larger_chunks()
    {
        Registry.ChunkMinLength = 2_000_000;
        await UploadAsync(options: Options with { UploadChunkBytes = Mebibyte });
        HasAll(_content);
        Assert.Equal(["POST 0", "PATCH 0-1999999", "PATCH 2000000-2999999", "PUT 0"], Sent);
    }

    [Fact]
    public async Task An_upload_that_is_cut_goes_on_where_the_registry_stands()
    {
        Registry.CutNextBodyAfter = 1_500_000;
        await UploadAsync();
        HasAll(_content);
        Assert.Equal(["POST 0", "PUT 1500000", "GET 0", "PATCH 1500000-2999999", "PUT 0"], Sent);
        Assert.Single(Observer.Retries);
    }

    [Fact]
    public async Task A_chunk_that_is_cut_goes_on_where_the_registry_stands()
    {
        Registry.CutNextBodyAfter = 1_000_000;
        await UploadAsync(options: Chunks(2 * Mebibyte));
        HasAll(_content);
        Assert.Equal(["POST 0", "PATCH 0-2097151", "GET 0", "PATCH 1000000-2999999", "PUT 0"], Sent);
    }

    [Fact]
    public async Task An_upload_that_the_registry_has_forgotten_begins_anew()
    {
        Registry.Next("PATCH", $"{Start}1", FaultyAnswer.Error(404, "BLOB_UPLOAD_UNKNOWN", "what upload?"));
        await UploadAsync(options: Chunks(2 * Mebibyte));
        HasAll(_content);
        Assert.Equal(2, Registry.Requests.Count(request => request.Method == "POST"));
    }

    [Fact]
    public async Task A_chunk_in_the_wrong_place_begins_anew()
    {
        Registry.Next("PATCH", $"{Start}1", FaultyAnswer.Error(416, "RANGE_INVALID", "not there"));
        await UploadAsync(options: Chunks(2 * Mebibyte));
        HasAll(_content);
    }

    [Fact]
    public async Task A_registry_that_took_half_of_a_chunk_gets_the_other_half()
    {
        bool first = true;
        Registry.On("PATCH", $"{Start}1", request =>
        {
            if (!first)
            {
                return null;
            }

            first = false;
            return FaultyAnswer.Text(202, "", ("Location", request.Target), ("Range", "0-999999"));
        });
        Registry.On("PUT", $"{Start}1", _ => FaultyAnswer.Text(201, ""));
        Registry.On("PATCH", $"{Start}1", request => request["Content-Range"]!.StartsWith("0-", StringComparison.Ordinal)
            ? null
            : FaultyAnswer.Text(202, "", ("Location", request.Target), ("Range", "0-2999999")));
        await UploadAsync(options: Chunks(4 * Mebibyte));
        Assert.Equal(["POST 0", "PATCH 0-2999999", "PATCH 1000000-2999999", "PUT 0"], Sent);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_no_second_upload()
    {
        Registry.On("PUT", $"{Start}1", _ =>
        {
            Registry.AddBlob("app", _content);
            return FaultyAnswer.Text(201, "xx") with { SaidLength = 2, CutAfter = 0, Status = 503 };
        });
        Registry.On("GET", $"{Start}1", _ => FaultyAnswer.Text(404, ""));
        await UploadAsync();
        Assert.Single(Registry.Requests, request => request.Method == "POST");
        Assert.Equal($"/v2/app/blobs/{Digest.Compute(_content)}", Assert.Single(Registry.Requests, r => r.Method == "HEAD").Path);
    }

    [Fact]
    public async Task A_registry_that_found_another_digest_is_believed_at_once()
    {
        var wrong = Digest.Compute("another blob"u8);
        await FaultAsync(
            () => Open(access: RepositoryAccess.Push)
                .UploadBlobAsync(wrong, _content.Length, () => new MemoryStream(_content), null, Cancel),
            EngineErrorReason.RegistryFailed);
        Assert.Single(Registry.Requests, request => request.Method == "PUT");
    }

    [Fact]
    public async Task A_blob_that_is_shorter_here_than_it_should_be_is_our_own_failure()
    {
        await FaultAsync(
            () => Open(access: RepositoryAccess.Push)
                .UploadBlobAsync(Digest.Compute(_content), _content.Length + 1, () => new MemoryStream(_content), null, Cancel),
            EngineErrorReason.ContentMissing);
        Assert.Empty(Observer.Retries);
    }

    [Fact]
    public async Task An_upload_elsewhere_goes_there_without_who_asks()
    {
        await using var storage = FaultyRegistry.Start();
        storage.On("PUT", "/bucket", _ => FaultyAnswer.Text(201, ""));
        Registry.On(request => request["Authorization"] is null ? FaultyAnswer.Challenge("Basic realm=\"x\"") : null);
        Registry.On("POST", Start, request => request["Authorization"] is null
            ? null
            : FaultyAnswer.Text(202, "", ("Location", $"{storage.Url}/bucket?signature=x")));
        await Open(Credential(), RepositoryAccess.Push)
            .UploadBlobAsync(Digest.Compute(_content), _content.Length, () => new MemoryStream(_content), null, Cancel);
        ReceivedRequest put = Assert.Single(storage.Requests);
        Assert.Null(put["Authorization"]);
        Assert.Equal(_content, put.Body.ToArray());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ftp://127.0.0.1/x")]
    public async Task An_upload_without_a_place_is_a_failure(string? location)
    {
        Registry.On("POST", Start, _ => FaultyAnswer.Text(202, "", location is null ? [] : [("Location", location)]));
        await FaultAsync(() => UploadAsync(), EngineErrorReason.RegistryFailed);
    }

    [Fact]
    public async Task A_blob_is_there_or_not()
    {
        string digest = Registry.AddBlob("app", [1]);
        RepositoryClient repository = Open(access: RepositoryAccess.Push);
        Assert.True(await repository.HasBlobAsync(Digest.Parse(digest), Cancel));
        Assert.False(await repository.HasBlobAsync(Digest.Compute([2]), Cancel));
    }

    [Fact]
    public async Task A_blob_of_another_repository_is_mounted()
    {
        var digest = Digest.Parse(Registry.AddBlob("base/image", [1]));
        RepositoryClient repository = Open(access: RepositoryAccess.Push);
        Assert.True(await repository.MountBlobAsync(digest, "base/image", Cancel));
        HasAll([1]);
    }

    [Fact]
    public async Task A_mount_that_is_answered_with_an_upload_ends_that()
    {
        Assert.False(await Open(access: RepositoryAccess.Push).MountBlobAsync(Digest.Compute([9]), "base", Cancel));
        Assert.Equal(["POST 0", "DELETE 0"], Sent);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task A_mount_that_is_refused_is_no_failure(int status)
    {
        Registry.On("POST", Start, _ => FaultyAnswer.Text(status, ""));
        Assert.False(await Open(access: RepositoryAccess.Push).MountBlobAsync(Digest.Compute([9]), "base", Cancel));
    }

    [Fact]
    public async Task A_manifest_is_stored_by_its_very_bytes()
    {
        Digest digest = await Open(access: RepositoryAccess.Push)
            .PutManifestAsync("v1", MediaTypes.OciManifest, Bytes(Manifest), Cancel);
        Assert.Equal(Digest.Compute(Bytes(Manifest)), digest);
        Assert.Equal(MediaTypes.OciManifest, Registry.Requests[^1]["Content-Type"]);
        Assert.Equal(Bytes(Manifest), Registry.Requests[^1].Body.ToArray());
    }

    [Fact]
    public async Task A_registry_that_stored_another_manifest_is_found_out()
    {
        Registry.On("PUT", "/v2/app/manifests/v1", _ =>
            FaultyAnswer.Text(201, "", ("Docker-Content-Digest", Digest.Compute("x"u8).ToString())));
        await FaultAsync(
            () => Open(access: RepositoryAccess.Push).PutManifestAsync("v1", MediaTypes.OciManifest, Bytes(Manifest), Cancel),
            EngineErrorReason.DigestMismatch);
    }

    [Fact]
    public async Task A_manifest_is_not_put_under_a_digest_that_it_does_not_have()
    {
        await FaultAsync(
            () => Open(access: RepositoryAccess.Push)
                .PutManifestAsync(Digest.Compute("x"u8).ToString(), MediaTypes.OciManifest, Bytes(Manifest), Cancel),
            EngineErrorReason.DigestMismatch);
        Assert.Empty(Registry.Requests);
    }
}
