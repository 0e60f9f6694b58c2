using System.Text;
using System.Text.Json;
using CsCheck;

namespace Engine.Client.Tests;

public class DockerConfigurationTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    [Fact]
    public void Every_other_byte_stays()
    {
        const string Before = "{\r\n  \"HttpHeaders\": { \"X\": \"\\u003c<\" },\r\n  \"auths\": {},\r\n"
            + "  \"n\": 1.50e+2,  \"ünknown\" : [ 1 ,2 ]\r\n}\r\n";
        string after = Change(Before, "a.example", "{}");
        Assert.StartsWith(Before[..Before.IndexOf("{},", StringComparison.Ordinal)], after, StringComparison.Ordinal);
        Assert.EndsWith(Before[(Before.IndexOf("{},", StringComparison.Ordinal) + 2)..], after, StringComparison.Ordinal);
    }

    [Fact]
    public void The_entries_of_others_keep_what_docker_does_not_know()
    {
        string after = Change("""{"auths":{"b.example":{"email":"x@y", "new": 1.0}}}""", "a.example", "{}");
        Assert.Contains("\"b.example\": {\"email\":\"x@y\", \"new\": 1.0}", after, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_file_looks_as_docker_writes_it() =>
        Assert.Equal(
            "{\n\t\"auths\": {\n\t\t\"a.example\": {\n\t\t\t\"auth\": \"YW5uOnB3\"\n\t\t}\n\t}\n}\n",
            Change("", "a.example", AuthEntry.Write(new() { Username = "ann", Password = "pw" })));

    [Fact]
    public void A_byte_order_mark_does_not_make_a_file_unreadable() =>
        Assert.Contains("x", Change("\ufeff{\"x\":1}", "a.example", "{}"), StringComparison.Ordinal);

    [Fact]
    public void Any_configuration_is_valid_json_with_the_same_rest_after_a_change() =>
        (from keys in Gen.String.Array[0, 5]
         from auths in Gen.Bool
         from indented in Gen.Bool
         select (keys, auths, indented)).Sample(given =>
        {
            var before = given.keys.Select(Valid).Where(k => k is not ("auths" or "credHelpers" or "credsStore")).Distinct()
                .ToDictionary(k => k, k => (object)new[] { k });
            if (given.auths)
            {
                before["auths"] = given.keys.Select(Valid).Distinct().ToDictionary(k => k, _ => new { auth = "" });
            }

            string text = JsonSerializer.Serialize(before, given.indented ? s_indented : JsonSerializerOptions.Default);
            using var after = JsonDocument.Parse(Change(text, "new.example", """{"auth":"YTpi"}"""));
            Assert.Equal("YTpi", after.RootElement.GetProperty("auths").GetProperty("new.example").GetProperty("auth").GetString());
            foreach (string key in before.Keys.Where(k => k != "auths"))
            {
                Assert.Equal(key, after.RootElement.GetProperty(key)[0].GetString());
            }

            string back = Encoding.UTF8.GetString(
                DockerConfiguration.Parse(Encoding.UTF8.GetBytes(after.RootElement.GetRawText()), "x").With("new.example", null)!);
            using var erased = JsonDocument.Parse(back);
            Assert.False(erased.RootElement.GetProperty("auths").TryGetProperty("new.example", out _));
        });

    // What a JSON text cannot hold as it is: half of a surrogate pair.
    private static string Valid(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);

    private static string Change(string json, string host, string? entry) =>
        Encoding.UTF8.GetString(DockerConfiguration.Parse(Encoding.UTF8.GetBytes(json), "x").With(host, entry)!);
}
