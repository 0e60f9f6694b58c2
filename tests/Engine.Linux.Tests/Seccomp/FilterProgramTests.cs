using Engine.Linux.Seccomp;

namespace Engine.Linux.Tests.Seccomp;

public sealed class FilterProgramTests
{
    private static readonly FilterRule s_rule = new(
        ["read", "write", "no_such_call"], "SCMP_ACT_ALLOW", null, []);

    [Fact]
    public void A_filter_becomes_whole_instructions()
    {
        byte[]? program = Compile("SCMP_ACT_ERRNO", s_rule);
        Assert.NotNull(program);
        Assert.Equal(0, program.Length % 8);
    }

    [Fact]
    public void What_a_rule_says_is_in_the_program()
    {
        byte[]? plain = Compile("SCMP_ACT_ERRNO", s_rule);
        byte[]? more = Compile(
            "SCMP_ACT_ERRNO", s_rule,
            new FilterRule(["personality"], "SCMP_ACT_ALLOW", null, [new(0, "SCMP_CMP_EQ", 8, 0), new(0, "SCMP_CMP_EQ", 0x20000, 0)]),
            new FilterRule(["clone"], "SCMP_ACT_ALLOW", null, [new(0, "SCMP_CMP_MASKED_EQ", 0x7e020000, 0)]),
            new FilterRule(["clone3"], "SCMP_ACT_ERRNO", 38, []));
        Assert.True(more!.Length > plain!.Length, $"{more.Length} bytes are not more than {plain.Length}.");
    }

    [Theory]
    [InlineData("SCMP_ACT_DANCE", "SCMP_ACT_ALLOW", "SCMP_CMP_EQ")]
    [InlineData("SCMP_ACT_ERRNO", "SCMP_ACT_DANCE", "SCMP_CMP_EQ")]
    [InlineData("SCMP_ACT_ERRNO", "SCMP_ACT_ALLOW", "SCMP_CMP_LIKE")]
    public void What_is_not_understood_is_left_to_the_runtime(string standard, string action, string comparison) =>
        Assert.Null(Compile(standard, new FilterRule(["read"], action, null, [new(0, comparison, 1, 0)])));

    private static byte[]? Compile(string standard, params FilterRule[] rules) =>
        FilterProgram.TryCompile(standard, null, ["SCMP_ARCH_X86_64"], rules);
}
