# Runs every example of the help pages as it is written, page by page, on an engine of its own, and writes a line for each
# thing that went wrong. Its working directory holds the files that the examples name.
param(
    # The module's manifest.
    [string] $Module,
    # A root that only this run uses.
    [string] $Root,
    # The registry that is there for the one at localhost:5000, and for Docker Hub.
    [string] $Registry
)

$ErrorActionPreference = 'Continue'
Import-Module $Module

# Addresses of a machine that is not this one.
$socket = "unix://$Root/run/engine.sock"
$env:ENGINE_HOST = $socket
$elsewhere = 'unix:///run/(engine|lab)/engine\.sock'

# What a page's reader has already, beyond the image busybox.
$before = @{
    'Disconnect-Engine' = { Connect-Engine $socket -Name lab }
    'Get-Engine' = { Connect-Engine $socket -Name lab }
    'Watch-EngineEvent' = { Invoke-Container busybox -Detach -- sleep 4 }
}
# What a page shows on purpose.
$expected = @{
    'Invoke-Container' = 'ContainerExitedNonZero', 'TimedOut'
    # Docker Hub's search is nowhere else.
    'Find-ContainerImage' = 'RegistryUnreachable', 'RegistryFailed'
}

$null = Start-Engine -DataRoot $Root/data -ExecRoot $Root/run -ConfigurationFile $Root/daemon.json
try {
    $null = Import-ContainerImage ./rootfs.tar -Reference busybox -Change 'CMD ["sh"]'
    $image = (Get-ContainerImage busybox).Id
    foreach ($repository in 'library/busybox', 'busybox') {
        Add-ContainerImageTag busybox "$Registry/$repository"
        $null = Publish-ContainerImage "$Registry/$repository"
        $null = Remove-ContainerImage "$Registry/$repository"
    }

    $examples = 0
    foreach ($page in Get-ChildItem (Join-Path (Split-Path $Module) module docs en-US) | Where-Object Name -Like '*.md') {
        $name = [IO.Path]::GetFileNameWithoutExtension($page.Name)
        $null = Connect-Engine $socket
        foreach ($block in [regex]::Matches([IO.File]::ReadAllText($page.FullName), '(?ms)^```powershell\n(.*?)^```$')) {
            $examples++
            # Engine.Shell's Select-Object cannot stop the command before it: PowerShell keeps that to itself.
            if ($Host.Name -ne 'ConsoleHost' -and $block.Value -match 'Select-Object -First') { continue }
            if ($before[$name]) { $null = & $before[$name] }
            $code = $block.Groups[1].Value -replace $elsewhere, $socket -replace 'localhost:5000', $Registry
            $failures = [Collections.Generic.List[object]]::new()
            try {
                . ([scriptblock]::Create($code)) 2>&1 |
                    ForEach-Object { if ($_ -is [Management.Automation.ErrorRecord]) { $failures.Add($_) } else { $_ } } |
                    Out-String | Out-Null
            }
            catch {
                $failures.Add($_)
            }

            foreach ($failure in $failures) {
                $id = $failure.FullyQualifiedErrorId.Split(',')[0]
                if ($id -notin $expected[$name]) { "${name}: $id`: $failure, of:`n$code" }
            }
        }

        $null = Connect-Engine $socket
        Get-Job | Remove-Job -Force
        Get-Container | Remove-Container -Force
        Get-ContainerImage | Where-Object Id -ne $image | Remove-ContainerImage -Force | Out-Null
        Get-ContainerImage busybox | ForEach-Object References | Where-Object { $_ -ne 'busybox:latest' } | Remove-ContainerImage | Out-Null
    }

    if ($examples -lt 50) { "only $examples examples were found" }
}
finally {
    Stop-Engine -Engine $socket
}
