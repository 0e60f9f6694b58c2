using System.Diagnostics;

namespace Engine.Client.Tests;

public class CredentialProgramTests
{
    private const string Secret = "hunter2-s3cret";

    private static readonly RegistryCredential s_ann = new() { Username = "ann", Password = Secret };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"credsStore":"keeper"}""")]
    [InlineData("""{"credsStore":"missing","credHelpers":{"https://a.example":"keeper"}}""")]
    public async Task A_helper_keeps_the_credential_and_the_file_only_says_that_there_is_one(string configuration)
    {
        using var folder = new CredentialFolder(configuration);
        folder.AddKeeper("keeper");
        Assert.Null(await folder.Store().FindAsync("a.example", Cancel));
        RegistrySession session = await folder.Store().SaveAsync("a.example", s_ann, Cancel);
        Assert.Equal("keeper", session.Store);
        Assert.Equal(s_ann, await folder.Store().FindAsync("a.example", Cancel));
        Assert.DoesNotContain(Secret, folder.Text, StringComparison.Ordinal);
        Assert.Contains("\"a.example\": {}", folder.Text, StringComparison.Ordinal);
        Assert.True(await folder.Store().EraseAsync("a.example", Cancel));
        Assert.Null(await folder.Store().FindAsync("a.example", Cancel));
        Assert.DoesNotContain("a.example\": {}", folder.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_helper_of_a_host_means_the_file()
    {
        using var folder = new CredentialFolder("""{"credsStore":"missing","credHelpers":{"a.example":""}}""");
        await folder.Store().SaveAsync("a.example", s_ann, Cancel);
        Assert.Equal(s_ann, await folder.Store().FindAsync("a.example", Cancel));
    }

    [Fact]
    public async Task A_token_is_kept_under_the_name_that_marks_it()
    {
        using var folder = new CredentialFolder("""{"credsStore":"keeper"}""");
        folder.AddKeeper("keeper");
        await folder.Store().SaveAsync("docker.io", s_ann with { IdentityToken = "refresh" }, Cancel);
        Assert.Contains("\"https://index.docker.io/v1/\"", folder.Kept, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, folder.Kept, StringComparison.Ordinal);
        Assert.Equal(new RegistryCredential { IdentityToken = "refresh" }, await folder.Store().FindAsync("", Cancel));
    }

    [Fact]
    public async Task What_a_helper_lists_is_listed()
    {
        using var folder = new CredentialFolder("""{"credsStore":"keeper","auths":{"b.example":{}}}""");
        folder.AddHelper("keeper", """echo '{"https://index.docker.io/v1/":"ann","http://b.example/v1/":"<token>"}'""");
        Assert.Equal(
            ["b.example  keeper", "docker.io ann keeper"],
            (await folder.Store().ListAsync(Cancel)).Select(s => $"{s.Registry} {s.Username} {s.Store}"));
    }

    [Theory]
    [InlineData("echo garbage-hunter2-s3cret")]
    [InlineData("echo '\"hunter2-s3cret\"'")]
    [InlineData("echo '{\"Secret\":\"hunter2-s3cret\"'; exit 1")]
    [InlineData("echo '{\"Secret\":\"hunter2-s3cret\"'")]
    [InlineData("cat >&2; exit 3")]
    [InlineData("yes hunter2-s3cret")]
    [InlineData("yes hunter2-s3cret >&2")]
    [InlineData("kill -9 $$")]
    [InlineData("sleep 1000 & exec sleep 1000")]
    [InlineData("exec < /dev/null; exec > /dev/null; sleep 1000")]
    public async Task A_helper_that_misbehaves_is_an_error_in_time_without_its_words(string script)
    {
        using var folder = new CredentialFolder("""{"credsStore":"bad"}""");
        folder.AddHelper("bad", script);
        CredentialStore store = folder.Store(helperLimit: TimeSpan.FromSeconds(2));
        var watch = Stopwatch.StartNew();
        EngineException error = await Assert.ThrowsAsync<EngineException>(() => store.FindAsync("a.example", Cancel));
        Assert.Equal(EngineErrorReason.CredentialStoreFailed, error.Reason);
        Assert.Contains("docker-credential-bad", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task What_a_helper_says_of_its_failure_is_told()
    {
        using var folder = new CredentialFolder("""{"credsStore":"bad"}""");
        folder.AddHelper("bad", "printf 'the key ring is \\033locked\\nmore'; exit 1");
        EngineException error = await Assert.ThrowsAsync<EngineException>(() => folder.Store().FindAsync("a.example", Cancel));
        Assert.Contains("(exit code 1): the key ring is locked. Docker's", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_fails_does_not_repeat_the_secret_it_was_told()
    {
        using var folder = new CredentialFolder("""{"credsStore":"bad"}""");
        folder.AddHelper("bad", "sed 's/.*Secret..//'; exit 1");
        EngineException error = await Assert.ThrowsAsync<EngineException>(
            () => folder.Store().SaveAsync("a.example", s_ann, Cancel));
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("a.example", folder.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_helper_that_is_not_there_is_named()
    {
        using var folder = new CredentialFolder("""{"credsStore":"missing"}""");
        EngineException error = await Assert.ThrowsAsync<EngineException>(() => folder.Store().FindAsync("a.example", Cancel));
        Assert.Contains("'docker-credential-missing' is not on the PATH", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_on_no_command_line()
    {
        using var folder = new CredentialFolder("""{"credsStore":"looker"}""");
        folder.AddHelper("looker", "cat > \"$DIR/kept\"; cat /proc/[0-9]*/cmdline | tr '\\0' ' ' > \"$DIR/commands\"");
        await folder.Store().SaveAsync("a.example", s_ann, Cancel);
        Assert.Contains(Secret, folder.Kept, StringComparison.Ordinal);
        string commands = await File.ReadAllTextAsync(Path.Combine(folder.Path, "..", "commands"), Cancel);
        Assert.Contains("docker-credential-looker store", commands, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, commands, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_search_ends_the_helper()
    {
        using var folder = new CredentialFolder("""{"credsStore":"slow"}""");
        folder.AddHelper("slow", "echo $$ > \"$DIR/pid.new\"; mv \"$DIR/pid.new\" \"$DIR/pid\"; exec sleep 1000");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task<RegistryCredential?> search = folder.Store().FindAsync("a.example", stop.Token);
        string pidFile = Path.Combine(folder.Path, "..", "pid");
        while (!File.Exists(pidFile))
        {
            await Task.Delay(10, Cancel);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        string process = $"/proc/{(await File.ReadAllTextAsync(pidFile, Cancel)).Trim()}/cmdline";
        while (File.Exists(process) && (await File.ReadAllTextAsync(process, Cancel)).Length > 0)
        {
            await Task.Delay(10, limit.Token);
        }
    }
}
