using CsCheck;
using Engine.Linux.Files;

namespace Engine.Linux.Tests.Files;

public sealed class FileTimeTests
{
    [Fact]
    public void A_moment_survives_the_way_there_and_back() =>
        Gen.DateTimeOffset.Sample(moment =>
        {
            FileTime time = FileTime.From(moment);
            return time.Nanoseconds is >= 0 and < 1_000_000_000 && time.ToDateTimeOffset() == moment;
        });
}
