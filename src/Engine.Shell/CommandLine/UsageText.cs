namespace Engine.Shell.CommandLine;

/// <summary>The text of -Help.</summary>
internal static class UsageText
{
    /// <summary>One screen, in pwsh's notation.</summary>
    public const string Value = """
        Usage: Engine.Shell [option ...] [[-File] <script> [argument ...]]
               Engine.Shell [option ...] -Command { - | <command> [argument ...] }

        A small PowerShell host with the Engine module loaded, for a machine without pwsh.

          -Command, -c          run the rest of the line; - reads the commands from standard input
          -File, -f             run a script; what follows are the script's own arguments
          -NoExit               stay at the prompt afterwards
          -NoLogo               no banner
          -NoProfile            do not run the profile script
          -NonInteractive       a prompt is an error
          -WorkingDirectory, -wd <folder>
          -ExecutionPolicy <policy>   accepted and ignored, as pwsh does outside Windows
          -UsePwsh              hand over to a pwsh of 7.6 or later, if one is on PATH
          -Version, -v          print the version
          -Help, -h             print this

        Without a command or a script it reads from the terminal, or from a redirected standard input.
        ENGINE_MODULE may name the Engine.psd1 to load.
        """;
}
