using System.Globalization;
using Engine.Oci.Distribution;
using Engine.Testing.Registry;
using Microsoft.Extensions.Time.Testing;

namespace Engine.Oci.Tests.Distribution;

public sealed class RetryTests : DistributionTest
{
    private const string Path = "/v2/app/manifests/latest";

    public RetryTests() => Registry.AddManifest("app", "latest", MediaTypes.OciManifest, Bytes(Manifest));

    private int Asked => Registry.Requests.Count(request => request.Path == Path);

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        Registry.Next("GET", Path, FaultyAnswer.Text(status, ""), FaultyAnswer.Text(status, ""));
        await Open().GetManifestAsync("latest", Cancel);
        Assert.Equal(3, Asked);
        Assert.Equal(2, Observer.Retries.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(405)]
    [InlineData(410)]
    [InlineData(451)]
    [InlineData(501)]
    public async Task What_will_not_pass_is_not(int status)
    {
        Registry.On("GET", Path, _ => FaultyAnswer.Text(status, "<html>nginx</html>"));
        var fault = await FaultAsync(() => Open().GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryFailed);
        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nginx", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, Asked);
    }

    [Theory]
    [InlineData(429, EngineErrorReason.RegistryRateLimited, EngineErrorCode.LimitExceeded)]
    [InlineData(503, EngineErrorReason.RegistryFailed, EngineErrorCode.Unavailable)]
    public async Task What_does_not_pass_fails_in_the_end(int status, string reason, EngineErrorCode code)
    {
        Registry.On("GET", Path, _ => FaultyAnswer.Error(status, "X", "slow down"));
        var fault = await FaultAsync(() => Open().GetManifestAsync("latest", Cancel), reason);
        Assert.Equal(code, fault.Code);
        Assert.Contains("slow down", fault.Message, StringComparison.Ordinal);
        Assert.Equal(Options.MaxAttempts, Asked);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("99999", 120)]
    [InlineData("-5", 0)]
    [InlineData("soon", 0)]
    [InlineData("Tue, 01 Jan 2030 00:00:09 GMT", 9)]
    [InlineData("Tue, 01 Jan 2029 00:00:09 GMT", 0)]
    public async Task The_registry_says_how_long_to_wait(string retryAfter, int seconds)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        RegistryOptions options = Options with
        {
            StallTimeout = TimeSpan.FromDays(1),
            RetryDelay = new RetryDelay { First = TimeSpan.FromMilliseconds(100) },
        };
        Registry.Next("GET", Path, FaultyAnswer.Text(429, "", ("Retry-After", retryAfter)));
        Task work = Open(options: options, time: time).GetManifestAsync("latest", Cancel);
        await Observer.Retried.WaitAsync(Cancel);
        Assert.InRange(Assert.Single(Observer.Retries).Delay, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 0.2));
        Assert.Equal(1, Asked);

        // The delay begins just after it was told of: its clock goes on until the work is done.
        while (!work.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(seconds + 1));
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(5), Cancel));
        }

        await work;
    }

    [Fact]
    public void Delays_double_up_to_the_longest()
    {
        var delay = new RetryDelay();
        Assert.InRange(delay.After(1, null), TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(1.25));
        Assert.InRange(delay.After(3, null), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5));
        Assert.InRange(delay.After(1000, null), TimeSpan.FromSeconds(22.5), TimeSpan.FromSeconds(37.5));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_made_again()
    {
        Registry.Next("GET", Path, FaultyAnswer.Json(Manifest) with { CutAfter = 10 });
        await Open().GetManifestAsync("latest", Cancel);
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task A_registry_that_never_answers_a_request_is_given_up()
    {
        RegistryOptions options = Options with { StallTimeout = TimeSpan.FromSeconds(1), MaxAttempts = 2 };
        Registry.On("GET", Path, _ => new FaultyAnswer { Body = Bytes(Manifest), StallAfter = 0 });
        var fault = await FaultAsync(
            () => Open(options: options).GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryUnreachable);
        Assert.Contains("too long", fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        Registry.On("GET", Path, _ => FaultyAnswer.Json(Manifest, ("X-Long", new string('x', 200_000))));
        await FaultAsync(() => Open().GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryUnreachable);
        Assert.Equal(1, Asked);
    }

    [Fact]
    public async Task An_error_without_end_is_not_read()
    {
        Registry.On("GET", Path, _ => new FaultyAnswer { Status = 400, Body = new byte[100_000], IsEndless = true });
        await FaultAsync(() => Open().GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryFailed);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var hour = TimeSpan.FromHours(1);
        RegistryOptions options = Options with { RetryDelay = new RetryDelay { First = hour, Longest = hour } };
        Registry.On("GET", Path, _ => FaultyAnswer.Text(503, ""));
        Task work = Open(options: options).GetManifestAsync("latest", stop.Token);
        await Observer.Retried.WaitAsync(Cancel);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }
}
