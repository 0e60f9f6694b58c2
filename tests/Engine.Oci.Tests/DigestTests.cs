using System.Text;
using CsCheck;

namespace Engine.Oci.Tests;

public sealed class DigestTests
{
    private const string Empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void The_digest_of_nothing_is_the_known_one()
    {
        Assert.Equal(Empty, Digest.Compute([]).ToString());
        Assert.Equal("e3b0c44298fc", Digest.Compute([]).ShortHex);
    }

    [Fact]
    public void Parsing_what_was_computed_gives_it_back_for_every_algorithm() =>
        Gen.Select(Gen.Byte.Array, Gen.Enum<DigestAlgorithm>()).Sample((content, algorithm) =>
        {
            Digest digest = Digest.Compute(content, algorithm);
            return Digest.Parse(digest.ToString()) == digest && digest.Matches(content) && !digest.Matches([.. content, 0]);
        });

    [Fact]
    public void Hashing_in_pieces_is_hashing_at_once() =>
        Gen.Byte.Array.Array[0, 8].Sample(pieces =>
        {
            using var hash = new IncrementalDigest();
            foreach (byte[] piece in pieces)
            {
                hash.Append(piece);
            }

            byte[] whole = [.. pieces.SelectMany(piece => piece)];
            return hash.Current() == Digest.Compute(whole) && hash.Length == whole.Length;
        });

    [Fact]
    public async Task A_stream_has_the_digest_of_its_bytes()
    {
        byte[] content = Encoding.ASCII.GetBytes("content");
        Assert.Equal(Digest.Compute(content), await Digest.ComputeAsync(new MemoryStream(content), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256")]
    [InlineData("sha256:")]
    [InlineData(":e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555")]
    [InlineData("sha256:../../../etc/passwd0000000000000000000000000000000000000000000000")]
    [InlineData(" sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void What_is_no_digest_is_refused_with_the_rule(string text)
    {
        EngineException error = Assert.Throws<EngineException>(() => Digest.Parse(text));
        Assert.Equal((EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidDigest), (error.Code, error.Reason));
        Assert.False(Digest.TryParse(text, out _));
    }

    [Fact]
    public void A_mismatch_names_both_digests()
    {
        Digest expected = Digest.Parse(Empty);
        EngineException error = Assert.Throws<EngineException>(() => expected.Require(Digest.Compute([1]), "layer"));
        Assert.Equal((EngineErrorCode.Corrupt, EngineErrorReason.DigestMismatch, Empty), (error.Code, error.Reason, error.Target));
        Assert.Contains(Digest.Compute([1]).Hex, error.Message, StringComparison.Ordinal);
        expected.Require(Digest.Compute([]), "layer");
    }

    [Fact]
    public void A_message_shows_no_control_characters_and_is_short()
    {
        EngineException error = Assert.Throws<EngineException>(() => Digest.Parse("sha256:\u001b[2J" + new string('x', 1_000_000)));
        Assert.DoesNotContain('\u001b', error.Message);
        Assert.InRange(error.Message.Length, 1, 400);
    }
}
