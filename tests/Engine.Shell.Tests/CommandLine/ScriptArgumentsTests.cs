using System.Management.Automation.Language;
using CsCheck;
using Engine.Shell.CommandLine;

namespace Engine.Shell.Tests.CommandLine;

public sealed class ScriptArgumentsTests
{
    [Theory]
    [InlineData("-Name", "& 'x' -Name")]
    [InlineData("-Name:v", "& 'x' -Name:'v'")]
    [InlineData("-Switch:$false", "& 'x' -Switch:$false")]
    [InlineData("-Switch:$TRUE", "& 'x' -Switch:$TRUE")]
    [InlineData("-1", "& 'x' '-1'")]
    [InlineData("-", "& 'x' '-'")]
    [InlineData("a'b", "& 'x' 'a''b'")]
    [InlineData("$(rm)", "& 'x' '$(rm)'")]
    [InlineData("-a;rm", "& 'x' '-a;rm'")]
    [InlineData("-a$(rm)", "& 'x' '-a$(rm)'")]
    [InlineData("-a:$(rm)", "& 'x' -a:'$(rm)'")]
    public void A_word_becomes_a_parameter_or_a_literal(string word, string call) =>
        Assert.Equal(call, ScriptArguments.Call("x", [word]));

    [Fact]
    public void After_two_dashes_all_is_literal() =>
        Assert.Equal("& 'x' -- '-Name' '--'", ScriptArguments.Call("x", ["--", "-Name", "--"]));

    [Fact]
    public void No_word_adds_a_command() =>
        Gen.String[Gen.Char["-:;|&$()'\"`\u2018\u2019{}@# \n\tab1"], 0, 12].Array[0, 4].Sample(words =>
        {
            var ast = Parser.ParseInput(ScriptArguments.Call("x", words), out _, out var errors);
            var pipeline = Assert.IsType<PipelineAst>(Assert.Single(ast.EndBlock.Statements));
            Assert.IsType<CommandAst>(Assert.Single(pipeline.PipelineElements));
            Assert.DoesNotContain(errors, error =>
                error.ErrorId is not ("MissingArgument" or "ParameterRequiresArgument"));
            Assert.DoesNotContain(ast.FindAll(_ => true, true), found =>
                found is SubExpressionAst or ScriptBlockExpressionAst or ParenExpressionAst);
        });
}
