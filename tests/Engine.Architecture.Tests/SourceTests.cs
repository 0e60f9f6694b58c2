using System.Text.RegularExpressions;

namespace Engine.Architecture.Tests;

/// <summary>The shape of the source: what a reader can count on before he opens a file.</summary>
public sealed partial class SourceTests
{
    private const int MaxLines = 300;

    // Words that say nothing of what is inside.
    private static readonly string[] s_empty = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Misc"];

    [Fact]
    public void A_file_has_at_most_300_lines() =>
        AssertNone(
            from file in Everything()
            let lines = File.ReadLines(file).Count()
            where lines > MaxLines
            select $"{Repository.Relative(file)}: {lines}");

    [Fact]
    public void Names_say_what_a_thing_is() =>
        AssertNone(
            from file in Everything()
            from part in Repository.Relative(file).Split('/', '.')
            where s_empty.Any(word => Words().Matches(part).Any(found => found.Value == word))
            select Repository.Relative(file));

    [Fact]
    public void Types_are_not_named_by_empty_words() =>
        AssertNone(
            from file in Everything()
            from Match type in TopLevelType().Matches(File.ReadAllText(file))
            let name = type.Groups["name"].Value
            where Words().Matches(name).Any(word => s_empty.Contains(word.Value))
            select $"{Repository.Relative(file)}: {name}");

    [Fact]
    public void A_source_file_has_one_top_level_type_and_its_name() =>
        AssertNone(
            from file in Repository.Sources("src")
            let types = TopLevelType().Matches(File.ReadAllText(file)).Select(type => type.Groups["name"].Value).ToList()
            let name = Path.GetFileName(file).Split('.')[0]
            where types.Count > 1 || (types.Count == 1 && types[0] != name)
            select $"{Repository.Relative(file)}: {string.Join(", ", types)}");

    [Fact]
    public void Nothing_is_left_to_do_in_the_source() =>
        AssertNone(
            from file in Repository.Sources("src")
            where Unfinished().IsMatch(File.ReadAllText(file))
            select Repository.Relative(file));

    private static void AssertNone(IEnumerable<string> offenders)
    {
        var found = offenders.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static IEnumerable<string> Everything() => Repository.Sources("src").Concat(Repository.Sources("tests"));

    [GeneratedRegex("[A-Z][a-z]+")]
    private static partial Regex Words();

    [GeneratedRegex(
        """^(?:(?:public|internal|static|sealed|abstract|partial|readonly|unsafe|file|ref)\s+)*(?:class|record struct|record class|record|struct|interface|enum|delegate\s+[\w<>?\[\]]+)\s+(?<name>\w+)""",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\b(TODO|FIXME|XXX)\b|new NotImplementedException")]
    private static partial Regex Unfinished();
}
