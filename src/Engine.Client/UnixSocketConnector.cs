using System.Net.Sockets;

namespace Engine.Client;

/// <summary>Connects to an engine's socket, and says what a person can do where that fails.</summary>
internal sealed class UnixSocketConnector
{
    private readonly UnixDomainSocketEndPoint _endPoint;
    private readonly string _address;

    public UnixSocketConnector(Uri uri)
    {
        _address = $"unix://{uri.LocalPath}";
        try
        {
            _endPoint = new UnixDomainSocketEndPoint(uri.LocalPath);
        }
        catch (ArgumentException e)
        {
            // sockaddr_un holds 107 bytes (unix(7)).
            throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidEngineUri,
                $"'{uri}' is no address of a socket: its path must have 1 to 107 bytes.",
                uri.ToString(),
                e);
        }
    }

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(_endPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw Explain(e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private EngineException Explain(SocketException error)
    {
        if (error.SocketErrorCode == SocketError.AccessDenied)
        {
            return new EngineException(
                EngineErrorCode.PermissionDenied,
                EngineErrorReason.EngineAccessDenied,
                $"You may not open the engine's socket {_address}. It is for root and the members of the group 'engine': "
                    + "join it with 'sudo usermod -aG engine <user>' and log in again, or start an engine of your own with "
                    + "Start-Engine.",
                _address,
                error);
        }

        string what = error.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "the socket is there, but nothing listens on it",
            _ when !Path.Exists(_endPoint.ToString()) => "there is no such socket",
            _ => error.Message,
        };
        return new EngineException(
            EngineErrorCode.Unavailable,
            EngineErrorReason.EngineNotRunning,
            $"No engine answers at {_address}: {what}. Start a private engine with Start-Engine, or this machine's by "
                + "running 'engined' as root. To talk to another one, use Connect-Engine, -Engine "
                + "or $env:ENGINE_HOST.",
            _address,
            error);
    }
}
