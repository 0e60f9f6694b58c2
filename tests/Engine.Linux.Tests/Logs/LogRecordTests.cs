using System.Globalization;
using System.Text;
using CsCheck;
using Engine.Linux.Logs;

namespace Engine.Linux.Tests.Logs;

public sealed class LogRecordTests
{
    [Fact]
    public void Records_are_read_in_order_and_nonsense_is_passed_over()
    {
        ReadOnlySpan<byte> text =
            """
            2024-01-01T00:00:00.000000001+00:00 stdout F one
            nonsense
            2024-01-01T00:00:00.000000002+00:00 stdwhat F x
            2024-01-01T00:00:00.000000003+00:00 stderr P tw
            2024-01-01T00:00:00.000000004+00:00 stderr F o
            2024-01-01T00:00:00.000000005+00:00 stdout F 
            2024-01-01T00:00:00.000000006+00:00 stdout F unfinished
            """u8;
        List<string> seen = [];
        ReadOnlySpan<byte> rest = text;
        while (LogRecord.TryRead(ref rest, out LogRecord record))
        {
            seen.Add($"{record.Stream} {(record.IsPartial ? "P" : "F")} {record.UnixNanoseconds % 10} '{Encoding.UTF8.GetString(record.Text)}'");
        }

        Assert.Equal(["Output F 1 'one'", "Error P 3 'tw'", "Error F 4 'o'", "Output F 5 ''"], seen);
        Assert.StartsWith("2024-01-01T00:00:00.000000006", Encoding.UTF8.GetString(rest), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-02-29T12:34:56.123456789+00:00", "2024-02-29T12:34:56.1234567Z")]
    [InlineData("2024-02-29T12:34:56.5-07:30", "2024-02-29T20:04:56.5Z")]
    [InlineData("2024-02-29T12:34:56Z", "2024-02-29T12:34:56Z")]
    [InlineData("1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59.9Z")]
    public void A_time_is_read_with_its_offset(string text, string expected)
    {
        Assert.True(LogTimestamp.TryParse(Encoding.ASCII.GetBytes(text), out long nanoseconds));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), DateTimeOffset.UnixEpoch.AddTicks((nanoseconds - (((nanoseconds % 100) + 100) % 100)) / 100));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2024-02-30T12:34:56Z")]
    [InlineData("2024-13-01T12:34:56Z")]
    [InlineData("0000-00-00T00:00:00Z")]
    [InlineData("2024-02-29T12:34:56")]
    [InlineData("2024-02-29T12:34:5xZ")]
    [InlineData("2024-02-29 12:34:56Z")]
    [InlineData("2024-02-29T12:34:56.123+0000")]
    public void What_is_no_time_is_none(string text) => Assert.False(LogTimestamp.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void A_million_lines_are_read_without_delay()
    {
        byte[] log = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("2024-01-01T00:00:00.000000001+00:00 stdout F " + new string('x', 80) + "\n", 1_000_000)));
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        ReadOnlySpan<byte> rest = log;
        long bytes = 0;
        while (LogRecord.TryRead(ref rest, out LogRecord record))
        {
            bytes += record.Content.Length;
        }

        double seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine($"{log.Length / seconds / 1e9:0.00} GB/s, {1 / seconds:0.0} M lines/s");
        Assert.Equal(81_000_000, bytes);
        Assert.True(seconds < 5, $"It took {seconds:0.00} s.");
    }

    [Fact]
    public void Any_bytes_can_be_read() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            ReadOnlySpan<byte> rest = bytes;
            while (LogRecord.TryRead(ref rest, out LogRecord record))
            {
                _ = record.Timestamp;
            }

            return !rest.Contains((byte)'\n');
        });
}
