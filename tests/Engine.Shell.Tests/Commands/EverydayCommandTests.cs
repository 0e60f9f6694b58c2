using Engine.Shell.Tests.Fixtures;

namespace Engine.Shell.Tests.Commands;

/// <summary>The cmdlets against their documentation, where no pwsh is needed to know what is right.</summary>
public sealed class EverydayCommandTests(EverydaySession session) : IClassFixture<EverydaySession>
{
    [Theory]
    [InlineData("1..5 | Select-Object -First 2", "1\n2")]
    [InlineData("1..5 | Select-Object -Skip 1 -Last 2", "3\n4")]
    [InlineData("1..5 | Select-Object -First 1 -Last 1", "1\n5")]
    [InlineData("1..5 | Select-Object -SkipLast 3", "1\n2")]
    [InlineData("1, 1, 2 | Select-Object -Unique", "1\n2")]
    [InlineData(
        "[pscustomobject]@{a=1;b=2} | Select-Object a, @{n='c';e={$_.b * 2}} | ConvertTo-Json -Compress",
            "{\"a\":1,\"c\":4}")]
    [InlineData("[pscustomobject]@{a=1,2} | Select-Object -ExpandProperty a", "1\n2")]
    [InlineData("3, 1, 2 | Sort-Object -Descending", "3\n2\n1")]
    [InlineData("'b10', 'a', $null, 2, 10 | Sort-Object -Top 2 | % { \"<$_>\" }", "<2>\n<10>")]
    [InlineData(
        "(1..4 | Measure-Object -Sum -Average -Maximum -Minimum) | % { \"$($_.Count) $($_.Sum) $($_.Average) $($_.Maximum) $($_.Minimum)\" }", "4 10 2.5 4 1")]
    [InlineData("'a', 'b', 'A' | Group-Object | % { \"$($_.Name)=$($_.Count)\" }", "a=2\nb=1")]
    [InlineData("Compare-Object 1, 2 2, 3 | % { \"$($_.InputObject)$($_.SideIndicator)\" }", "3=>\n1<=")]
    [InlineData("(New-TimeSpan -Minutes 90).TotalHours", "1.5")]
    [InlineData("Get-Date '2020-01-02 03:04:05' -Format yyyyMMddHHmmss", "20200102030405")]
    [InlineData("Join-Path a b c", "a/b/c")]
    [InlineData("Split-Path /a/b.c -Leaf; Split-Path /a/b.c; Split-Path /a/b.c -LeafBase", "b.c\n/a\nb")]
    [InlineData("Test-Path /etc; Test-Path /nonexistent; Test-Path /etc -PathType Leaf", "True\nFalse\nFalse")]
    [InlineData("'abc', 'xyz' | Select-String '^x' | % Line", "xyz")]
    [InlineData(
        "$o = [pscustomobject]@{a=1}; $o | Add-Member ScriptProperty b { $this.a + 1 }; $o | Add-Member c 3; \"$($o.b) $($o.c)\"", "2 3")]
    [InlineData("(New-Object System.Text.StringBuilder 'abc').Append('d').ToString()", "abcd")]
    [InlineData("Set-Variable v 7; Get-Variable v -ValueOnly", "7")]
    [InlineData("1, 2 | Out-String -Stream", "1\n2")]
    [InlineData("Write-Host a 1, 2 -Separator '|' 6>&1", "a|1|2")]
    public void It_gives(string script, string expected) =>
        Assert.Equal(expected, session.Run(script).ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("{\"a\":[1,2.5,\"x\",null,true,{}]}")]
    [InlineData("[]")]
    [InlineData("\"é <&>\"")]
    [InlineData("{\"big\":123456789012345678901234567890}")]
    public void Json_goes_through_unchanged(string json) =>
        Assert.Equal(
            json, session.Run($"'{json}' | ConvertFrom-Json -NoEnumerate | ConvertTo-Json -Compress -Depth 5"));

    [Fact]
    public void A_table_fits_its_content_and_the_screen()
    {
        var text = session.Run(
            "[pscustomobject]@{Name='a';Size=1},[pscustomobject]@{Name='bcd';Size=22} | Format-Table");
        Assert.Equal("\nName Size\n---- ----\na       1\nbcd    22\n", text);
        var wide = session.Run("[pscustomobject]@{A='x' * 300;B='y'} | Format-Table");
        Assert.All(wide.Split('\n'), line => Assert.True(line.Length <= 120, line));
        Assert.Contains("… y", wide, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_value_does_not_break_the_table() =>
        Assert.DoesNotContain('\e', session.Run("[pscustomobject]@{A=\"x`e[2Jy`nz\";B=1} | Format-Table"));

    [Fact]
    public void Files_are_written_read_copied_and_removed()
    {
        using var folder = new TemporaryDirectory();
        Assert.Equal("one\ntwo\nthree\nthree\nTrue\nFalse", session.Run($"""
            $d = '{folder.Path}/sub'
            $null = New-Item -ItemType Directory $d
            'one', 'two' | Set-Content $d/a
            Add-Content $d/a three
            Get-Content $d/a
            Copy-Item $d/a $d/b
            Get-Content $d/b -Tail 1
            Move-Item $d/b $d/c
            Test-Path $d/c
            Remove-Item $d -Recurse
            Test-Path $d
            """));
    }

    [Fact]
    public void A_link_is_removed_and_what_it_leads_to_stays()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder["target"]);
        folder.Write("target/file", "kept");
        Directory.CreateSymbolicLink(folder["link"], folder["target"]);
        session.Run($"Remove-Item '{folder["link"]}'");
        Assert.False(Path.Exists(folder["link"]));
        Assert.True(File.Exists(folder["target/file"]));
    }

    [Fact]
    public void Objects_survive_a_file()
    {
        using var folder = new TemporaryDirectory();
        Assert.Equal("x 2020", session.Run(
            $"[pscustomobject]@{{a='x';d=[datetime]'2020-01-02'}} | Export-Clixml '{folder["f"]}'; $o = Import-Clixml '{folder["f"]}'; \"$($o.a) $($o.d.Year)\""));
    }

    [Theory]
    [InlineData("Get-Item /nonexistent", "PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand")]
    [InlineData("Get-Content /nonexistent", "PathNotFound,Microsoft.PowerShell.Commands.GetContentCommand")]
    [InlineData("Remove-Item /nonexistent", "PathNotFound,Microsoft.PowerShell.Commands.RemoveItemCommand")]
    [InlineData("Get-Variable nosuch", "VariableNotFound,Microsoft.PowerShell.Commands.GetVariableCommand")]
    [InlineData(
        "'{' | ConvertFrom-Json", "System.ArgumentException,Microsoft.PowerShell.Commands.ConvertFromJsonCommand")]
    [InlineData("Write-Error x -ErrorId Mine", "Mine,Microsoft.PowerShell.Commands.WriteErrorCommand")]
    public void An_error_has_the_originals_id(string script, string id) =>
        Assert.Equal(
            id, session.Run(
                $"try {{ $ErrorActionPreference = 'Stop'; {script} }} catch {{ $_.FullyQualifiedErrorId }}"));
}
