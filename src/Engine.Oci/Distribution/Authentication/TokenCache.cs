using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Engine.Oci.Distribution.Authentication;

/// <summary>
/// Tokens that are still good, for each realm, service, set of scopes and credential. Who needs the same token at the
/// same time waits for one request.
/// </summary>
internal sealed class TokenCache(TimeProvider time)
{
    private const int MaxSlots = 512;

    // Renewed before it expires: the request with it has to arrive first.
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    // Credentials are keys only as a hash that nobody can compute elsewhere: a cache outlives the call that brought
    // them.
    // Made when it is needed: it brings libcrypto into memory, and most engines are idle most of the time.
    private readonly Lazy<byte[]> _salt = new(static () => RandomNumberGenerator.GetBytes(32));

    public async ValueTask<BearerToken> GetAsync(
        TokenRequest request, Func<Task<BearerToken>> fetch, CancellationToken cancellationToken)
    {
        Purge();
        Slot slot = _slots.GetOrAdd(Key(request), static _ => new Slot());
        if (Valid(slot) is { } known)
        {
            return known;
        }

        await slot.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Valid(slot) ?? (slot.Token = await fetch().ConfigureAwait(false));
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>Forgets a token that the registry refused, unless somebody has put another one there since.</summary>
    public void Forget(TokenRequest request, string value)
    {
        if (_slots.TryGetValue(Key(request), out Slot? slot) && slot.Token is { } token && token.Value == value)
        {
            Interlocked.CompareExchange(ref slot.Token, null, token);
        }
    }

    private BearerToken? Valid(Slot slot) =>
        Volatile.Read(ref slot.Token) is { } token && token.Expires - s_margin > time.GetUtcNow() ? token : null;

    private void Purge()
    {
        if (_slots.Count < MaxSlots)
        {
            return;
        }

        foreach ((string key, Slot slot) in _slots)
        {
            // One that is being filled goes as well: whoever fills it keeps it, and the next asks again.
            if (Valid(slot) is null || _slots.Count >= 2 * MaxSlots)
            {
                _slots.TryRemove(new(key, slot));
            }
        }
    }

    private string Key(TokenRequest request)
    {
        RegistryCredential? credential = request.Credential;
        string[] parts =
        [
            request.Endpoint.Registry, request.Realm, request.Service, request.Scopes.ToString(),
            credential?.Username ?? "",
            credential?.Password ?? "", credential?.IdentityToken ?? "",
        ];
        return Convert.ToHexString(HMACSHA256.HashData(_salt.Value, Encoding.UTF8.GetBytes(string.Join('\0', parts))));
    }

    private sealed class Slot
    {
        public BearerToken? Token;

        public SemaphoreSlim Gate { get; } = new(1, 1);
    }
}
