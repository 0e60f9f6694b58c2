using CsCheck;
using Engine.Linux.Processes;

namespace Engine.Linux.Tests.Processes;

public sealed class SignalTests
{
    [Theory]
    [InlineData("KILL", 9)]
    [InlineData("SIGKILL", 9)]
    [InlineData("sigterm", 15)]
    [InlineData("9", 9)]
    [InlineData(" hup ", 1)]
    [InlineData("RTMIN", 34)]
    [InlineData("SIGRTMIN+3", 37)]
    [InlineData("rtmax-1", 63)]
    [InlineData("SIGRTMAX", 64)]
    [InlineData("SIGPOLL", 29)]
    [InlineData("CLD", 17)]
    [InlineData("64", 64)]
    public void A_signal_is_understood_as_docker_understands_it(string text, int number) =>
        Assert.Equal(number, Signal.Parse(text).Number);

    [Theory]
    [InlineData("")]
    [InlineData("SIG")]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("-9")]
    [InlineData("99999999999999999999")]
    [InlineData("SIGSIGKILL")]
    [InlineData("RTMIN+31")]
    [InlineData("RTMIN-1")]
    [InlineData("RTMAX+1")]
    [InlineData("RTMAX-31")]
    [InlineData("RTM")]
    [InlineData("KILL\0")]
    public void What_is_no_signal_is_refused_by_name(string text)
    {
        EngineException failure = Assert.Throws<EngineException>(() => Signal.Parse(text));

        Assert.Equal((EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidSignal), (failure.Code, failure.Reason));
        Assert.Equal(text, failure.Target);
    }

    [Fact]
    public void Every_name_means_its_signal()
    {
        Assert.Equal(62, Signal.Names.Count);
        Assert.All(Signal.Names, name => Assert.Equal(name, Signal.Parse(name).Name));
    }

    [Fact]
    public void Any_text_is_a_signal_in_range_or_none() =>
        Gen.String.Sample(text => !Signal.TryParse(text, out Signal signal) || signal.Number is > 0 and <= 64);
}
