using System.Net;
using Engine.Oci.Distribution.Faults;
using Engine.Oci.Distribution.Transport;
using Engine.Oci.Documents;
using Engine.Oci.References;

namespace Engine.Oci.Distribution;

/// <summary>Gets, finds and puts manifests.</summary>
internal sealed class ManifestExchange(RepositoryCalls calls)
{
    public Task<RegistryDocument> GetAsync(string tagOrDigest, CancellationToken cancellationToken)
    {
        RegistryRequest request = Request(HttpMethod.Get, tagOrDigest);
        return calls.RunAsync(
            $"manifest {tagOrDigest}",
            async session =>
            {
                using RegistryResponse response = await session.SendAsync(request, cancellationToken)
                    .ConfigureAwait(false);
                byte[] raw = await response.ReadAsync(calls.Options.MaxManifestBytes, request.Target, cancellationToken)
                    .ConfigureAwait(false);
                Digest digest = Verified(tagOrDigest, raw, response, request.Target);
                return new RegistryDocument(digest, Type(response.MediaType, raw), raw);
            },
            cancellationToken);
    }

    public async Task<Descriptor?> FindAsync(string tagOrDigest, CancellationToken cancellationToken)
    {
        RegistryRequest request = Request(HttpMethod.Head, tagOrDigest) with
        {
            Expected = [HttpStatusCode.OK, HttpStatusCode.MethodNotAllowed],
        };
        Descriptor? found;
        try
        {
            found = await calls.RunAsync(
                $"manifest {tagOrDigest}",
                async session =>
                {
                    using RegistryResponse response = await session.SendAsync(request, cancellationToken)
                        .ConfigureAwait(false);
                    return response is { Status: HttpStatusCode.OK, Digest: { } digest, Length: > 0 and { } size }
                        && ManifestMediaType.Accepted.Contains(response.MediaType)
                        && (!Digest.TryParse(tagOrDigest, out Digest? asked) || asked == digest)
                        ? new Descriptor { MediaType = response.MediaType, Digest = digest, Size = size }
                        : null;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e) when (IsMissing(e))
        {
            return null;
        }

        // A registry that does not say enough in its headers has to send the manifest.
        return found ?? await DescribeAsync(tagOrDigest, cancellationToken).ConfigureAwait(false);
    }

    public Task<Digest> PutAsync(
        string tagOrDigest, string mediaType, ReadOnlyMemory<byte> raw, CancellationToken cancellationToken)
    {
        var digest = Digest.Compute(raw.Span);
        if (Digest.TryParse(tagOrDigest, out Digest? named))
        {
            named.Require(Digest.Compute(raw.Span, named.Algorithm), "manifest");
            digest = named;
        }

        RegistryRequest request = Request(HttpMethod.Put, tagOrDigest) with
        {
            Accept = [],
            Expected = [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Accepted],
            Missing = EngineErrorReason.RepositoryNotFound,
            Content = _ =>
            {
                var content = new ReadOnlyMemoryContent(raw);
                content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
                return content;
            },
        };
        return calls.RunAsync(
            $"manifest {tagOrDigest}",
            async session =>
            {
                using RegistryResponse response = await session.SendAsync(request, cancellationToken)
                    .ConfigureAwait(false);
                return response.Digest is { } stored && stored.Algorithm == digest.Algorithm && stored != digest
                    ? throw RegistryFault.Corrupt(
                        session.Endpoint.Registry,
                        EngineErrorReason.DigestMismatch,
                        $"it stored {stored} instead of {digest}",
                        request.Target,
                        isTransient: false)
                    : digest;
            },
            cancellationToken);
    }

    // A mirror that serves what is no manifest is passed over, as one that serves nothing.
    private static string Type(string header, byte[] raw)
    {
        try
        {
            return ManifestMediaType.Of(header, raw);
        }
        catch (EngineException e)
        {
            throw new RegistryFault(e);
        }
    }

    private static bool IsMissing(EngineException e) =>
        e.Reason is EngineErrorReason.ManifestNotFound or EngineErrorReason.RepositoryNotFound;

    private async Task<Descriptor?> DescribeAsync(string tagOrDigest, CancellationToken cancellationToken)
    {
        try
        {
            RegistryDocument document = await GetAsync(tagOrDigest, cancellationToken).ConfigureAwait(false);
            return new Descriptor { MediaType = document.MediaType, Digest = document.Digest, Size = document.Raw.Length };
        }
        catch (EngineException e) when (IsMissing(e))
        {
            return null;
        }
    }

    private RegistryRequest Request(HttpMethod method, string tagOrDigest)
    {
        if (!Digest.TryParse(tagOrDigest, out _) && !ReferenceGrammar.IsTag(tagOrDigest))
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidReference,
                $"'{Shown.Text(tagOrDigest)}' is neither a tag nor a digest.",
                Shown.Text(tagOrDigest));
        }

        return new RegistryRequest(method, calls.Path($"manifests/{tagOrDigest}"), calls.Target(tagOrDigest))
        {
            Accept = ManifestMediaType.Accepted,
            Missing = EngineErrorReason.ManifestNotFound,
        };
    }

    // What was asked for by digest has that digest. What was asked for by tag has the one that the registry names: a
    // registry that contradicts itself is broken, or something between us and it is.
    private static Digest Verified(string tagOrDigest, byte[] raw, RegistryResponse response, string target)
    {
        Digest expected = Digest.TryParse(tagOrDigest, out Digest? asked)
            ? asked
            : response.Digest ?? Digest.Compute(raw);
        return expected.Matches(raw)
            ? expected
            : throw RegistryFault.Corrupt(
                response.Endpoint.Registry,
                EngineErrorReason.DigestMismatch,
                $"it does not have the digest {expected}",
                target,
                isTransient: true);
    }
}
