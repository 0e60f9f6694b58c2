using System.Net.Sockets;
using Grpc.Core;

namespace Engine.Protocol.Tests;

public class EngineStatusTests
{
    public static TheoryData<EngineErrorCode> Codes => [.. Enum.GetValues<EngineErrorCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void An_error_survives_the_wire(EngineErrorCode code)
    {
        var error = new EngineException(code, EngineErrorReason.ContainerNotFound, "No container is named 'wéb'.", "wéb");
        EngineException back = error.ToRpcException().ToEngineException();
        Assert.Equal((error.Code, error.Reason, error.Message, error.Target), (back.Code, back.Reason, back.Message, back.Target));
        Assert.IsType<RpcException>(back.InnerException);
    }

    [Fact]
    public void Every_code_has_a_status_of_its_own()
    {
        StatusCode[] statuses = [.. Enum.GetValues<EngineErrorCode>().Select(c => c.ToWire())];
        Assert.Equal(statuses.Length, statuses.Distinct().Count());
    }

    [Fact]
    public void An_error_without_a_target_has_none_on_the_other_side() =>
        Assert.Null(new EngineException(EngineErrorCode.Busy, "ImageInUse", "x").ToRpcException().ToEngineException().Target);

    [Fact]
    public void A_huge_message_is_cut_to_what_trailers_carry()
    {
        var error = new EngineException(
            EngineErrorCode.InvalidArgument, "InvalidContainerName", new string('界', 1_000_000), new string('n', 1_000_000));
        RpcException thrown = error.ToRpcException();
        Assert.InRange(thrown.Trailers.Sum(t => t.IsBinary ? t.ValueBytes.Length : t.Value.Length), 1, 8192);
        Assert.Equal("InvalidContainerName", thrown.ToEngineException().Reason);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, EngineErrorCode.Unavailable, "EngineNotRunning")]
    [InlineData(StatusCode.Cancelled, EngineErrorCode.Cancelled, "Cancelled")]
    [InlineData(StatusCode.DeadlineExceeded, EngineErrorCode.Timeout, "TimedOut")]
    [InlineData(StatusCode.Unimplemented, EngineErrorCode.NotSupported, "ProtocolMismatch")]
    [InlineData(StatusCode.ResourceExhausted, EngineErrorCode.LimitExceeded, "InputTooLarge")]
    [InlineData(StatusCode.PermissionDenied, EngineErrorCode.PermissionDenied, "EngineAccessDenied")]
    [InlineData(StatusCode.Unknown, EngineErrorCode.Internal, "Internal")]
    public void A_status_of_the_transport_is_an_error_that_a_script_can_match(
        StatusCode status, EngineErrorCode code, string reason)
    {
        EngineException error = new RpcException(new Status(status, "detail")).ToEngineException();
        Assert.Equal((code, reason), (error.Code, error.Reason));
    }

    [Fact]
    public void A_stream_that_breaks_is_a_lost_engine()
    {
        var cause = new IOException("reset", new SocketException((int)SocketError.ConnectionReset));
        EngineException error = new RpcException(new Status(StatusCode.Internal, "detail", cause)).ToEngineException();
        Assert.Equal(EngineErrorReason.EngineNotRunning, error.Reason);
    }

    [Fact]
    public void What_this_side_found_out_while_connecting_is_the_error()
    {
        var known = new EngineException(EngineErrorCode.PermissionDenied, EngineErrorReason.EngineAccessDenied, "denied");
        var cause = new HttpRequestException("connect", known);
        Assert.Same(known, new RpcException(new Status(StatusCode.Unavailable, "x", cause)).ToEngineException());
    }

    [Fact]
    public void Details_of_another_domain_are_not_taken_for_ours()
    {
        RpcException foreign = new Google.Rpc.Status
        {
            Code = (int)StatusCode.NotFound,
            Message = "no such host",
            Details = { Google.Protobuf.WellKnownTypes.Any.Pack(new Google.Rpc.ErrorInfo { Domain = "dns", Reason = "X" }) },
        }.ToRpcException();
        Assert.Equal(EngineErrorReason.Internal, foreign.ToEngineException().Reason);
    }
}
