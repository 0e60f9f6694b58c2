using System.Diagnostics;

namespace Engine.Daemon.Tests.Hosting;

/// <summary>
/// A client of another user, in another process. It is in Perl, which is part of every Debian system: it starts in
/// milliseconds, and what the user nobody may read of a .NET installation does not matter.
/// </summary>
internal static class NobodyClient
{
    private const string Nobody = "65534";

    private const string Connect =
        """
        use Socket; $SIG{PIPE} = "IGNORE"; $SIG{ALRM} = sub { die "no answer" }; alarm 20;
        socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die; connect($s, pack_sockaddr_un($ARGV[0])) or die "connect: $!";
        syswrite($s, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
        my $n = sysread($s, my $b, 9); print $n ? "answered" : "refused";
        """;

    // RFC 9113 and RFC 7541: a HEADERS frame of literals and a DATA frame with one empty message.
    private const string Call =
        """
        sub text { my ($t) = @_; chr(length $t) . $t }
        my $h = "\x83\x86\x04" . text($ARGV[1]) . "\x01" . text("localhost") . "\x0f\x10" . text("application/grpc")
            . "\0" . text("te") . text("trailers");
        syswrite($s, "\0\0" . chr(length $h) . "\1\4\0\0\0\1" . $h . "\0\0\5\0\1\0\0\0\1" . "\0" x 5);
        my $all = ""; while ($all !~ /grpc-status-details-bin/ && sysread($s, my $part, 65536)) { $all .= $part }
        $all =~ s/[^ -~]/ /g; print $all;
        """;

    /// <summary>What becomes of a connection: "answered" or "refused".</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="groups">Options of setpriv(1) that set the client's groups.</param>
    public static Task<string> ConnectAsync(string socket, params string[] groups) => RunAsync(Connect, [socket], groups);

    /// <summary>What comes back from a call, as far as it is text.</summary>
    public static Task<string> CallAsync(string socket, string method, params string[] groups) =>
        RunAsync(Connect + Call, [socket, method], groups);

    private static async Task<string> RunAsync(string script, string[] arguments, string[] groups)
    {
        using var client = Process.Start(new ProcessStartInfo(
            "setpriv", ["--reuid", Nobody, "--regid", Nobody, .. groups, "perl", "-e", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var token = TestContext.Current.CancellationToken;
        var output = await client.StandardOutput.ReadToEndAsync(token);
        var error = await client.StandardError.ReadToEndAsync(token);
        await client.WaitForExitAsync(token);
        return output + error;
    }
}
