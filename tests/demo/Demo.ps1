<#
.SYNOPSIS
    Shows Engine at work: each command as one would type it, and what it gives. Every step is checked; the first that did
    not do what it shows ends the demo with the reason and exit code 1.
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
Import-Module (Join-Path $PSScriptRoot .. .. Engine.psd1)

$base = Join-Path ([IO.Path]::GetTempPath()) "engine-demo-$PID"
$ids = [Collections.Generic.List[string]]::new()
$engine = $null

# Runs a command in front of the audience. Check gets what came out, and returns a sentence if that is wrong.
function Show([string] $Command, [scriptblock] $Check, [string] $ExpectedError) {
    Write-Host
    Write-Host "PS> $($Command.Replace($base, '$base'))" -ForegroundColor Yellow
    $failures = @()
    $preference = if ($ExpectedError) { 'Continue' } else { 'Stop' }
    $out = @(& {
            $ErrorActionPreference = $preference
            . ([scriptblock]::Create($Command))
        } 2>&1 | ForEach-Object { if ($_ -is [Management.Automation.ErrorRecord]) { $failures += $_ } else { $_ } })
    $out | Out-Host
    $failures | ForEach-Object { Write-Host "$_" -ForegroundColor Red }

    if ($ExpectedError -and -not ($failures | Where-Object FullyQualifiedErrorId -Like "$ExpectedError*")) {
        throw "'$Command' should have given the error $ExpectedError."
    }
    $fault = if ($Check) { & $Check $out }
    if ($fault) { throw "'$Command': $fault" }
}

# A root file system of Debian's static busybox: the program, and a link for each of its commands.
function New-BusyboxArchive {
    $root = Join-Path $base root
    foreach ($folder in 'bin', 'etc', 'root', 'tmp') { $null = New-Item -ItemType Directory (Join-Path $root $folder) -Force }
    Copy-Item /bin/busybox (Join-Path $root bin)
    Set-Content (Join-Path $root etc passwd) 'root:x:0:0:root:/root:/bin/sh', 'nobody:x:65534:65534:nobody:/:/bin/false'
    Set-Content (Join-Path $root etc group) 'root:x:0:', 'nogroup:x:65534:'
    chroot $root /bin/busybox --install -s /bin
    if ($LASTEXITCODE -ne 0) { throw "busybox could not make its links: exit code $LASTEXITCODE." }
    tar --create --file (Join-Path $base busybox.tar) --directory $root --numeric-owner --owner=0 --group=0 .
    if ($LASTEXITCODE -ne 0) { throw "tar could not write the archive: exit code $LASTEXITCODE." }
}

# What the kernel and the file system still hold of this demo.
function Get-Remains {
    Get-Content /proc/self/mounts | Where-Object { $_.Contains($base) } | ForEach-Object { "mount: $_" }
    foreach ($id in $ids) {
        find /sys/fs/cgroup -type d -name "*$id*" 2>/dev/null | ForEach-Object { "cgroup: $_" }
    }
    foreach ($process in Get-ChildItem /proc -Directory | Where-Object Name -Match '^\d+$') {
        $line = try { [IO.File]::ReadAllText("/proc/$($process.Name)/cmdline").Replace("`0", ' ') } catch { '' }
        if ($line.Contains($base)) { "process $($process.Name): $line" }
    }
}

function Invoke-Tour {
    Write-Host 'An image, from nothing but the static busybox of Debian' -ForegroundColor Cyan
    New-BusyboxArchive
    Show "Start-Engine -DataRoot $base/data -ExecRoot $base/run" {
        param($out) if ($out.Count -ne 1) { "expected one connection, got $($out.Count)" } else { $script:engine = $out[0] }
    }
    Show 'Get-Engine' { param($out) if ($out.Count -ne 1) { "expected one engine, got $($out.Count)" } }
    Show "Import-ContainerImage $base/busybox.tar -Reference busybox" {
        param($out) if ($out.Count -ne 1 -or -not $out[0].Id) { 'expected one image with an id' }
    }
    Show 'Get-ContainerImage' {
        param($out) if ("$($out.References)" -notmatch 'busybox') { "busybox is not among the images: $($out.References)" }
    }

    Write-Host "`nA container that stays" -ForegroundColor Cyan
    Show "New-Container busybox -Name web -Label @{ tier = 'front' } -Memory 64MB -- sh -c 'echo ready; exec sleep 1000'" {
        param($out) if ("$($out[0].State)" -ne 'Created') { "state is $($out[0].State), not Created" } else { $ids.Add($out[0].Id) }
    }
    Show "New-Container busybox -Name batch -- sh -c 'echo one; echo two'" { param($out) $ids.Add($out[0].Id) }
    Show 'Start-Container web, batch'
    Show 'Wait-Container batch' { param($out) if ($out[0].ExitCode -ne 0) { "exit code $($out[0].ExitCode), not 0" } }
    Show 'Get-Container' { param($out) if ($out.Count -ne 2) { "expected two containers, got $($out.Count)" } }
    Show 'Get-Container | Where-Object State -eq Running' {
        param($out) if ("$($out.Name)" -ne 'web') { "expected web alone, got '$($out.Name)'" }
    }
    Show 'Get-Container -Label tier=front | Format-List'
    Show "Get-Container web | Select-Object Name, State, @{ n = 'Memory'; e = { `$_.Resources.Memory } }" {
        param($out) if ($out[0].Memory -ne 64MB) { "the memory limit is $($out[0].Memory), not $(64MB)" }
    }
    Show 'Get-ContainerLog batch' {
        param($out) if ("$($out.Message)" -ne 'one two') { "the log says '$($out.Message)'" }
    }

    Write-Host "`nContainers that come and go" -ForegroundColor Cyan
    Show 'Invoke-Container busybox echo hello' { param($out) if ("$out" -ne 'hello') { "it said '$out'" } }
    Show "Invoke-Container busybox -- sh -c 'exit 7'" -ExpectedError 'ContainerExitedNonZero'
    Show '$LASTEXITCODE' { param($out) if ("$out" -ne '7') { "it is $out, not 7" } }
    Show "Invoke-Container busybox -User nobody -ReadOnly -- sh -c 'id -un; touch /x 2>/dev/null || echo read-only'" {
        param($out) if ("$out" -ne 'nobody read-only') { "it said '$out'" }
    }
    Show 'Get-Container' { param($out) if ($out.Count -ne 2) { "expected the two that stay, got $($out.Count)" } }

    Write-Host "`nImages of containers, and files of images" -ForegroundColor Cyan
    Show "Invoke-Container busybox -Keep -Name prepared -- sh -c 'echo hello > /greeting'"
    Show "ConvertTo-ContainerImage prepared greeter:1 -Change 'CMD cat /greeting'" {
        param($out) if ("$($out[0].Tag)" -ne '1') { "the image is '$($out[0])', not greeter:1" }
    }
    Show 'Invoke-Container greeter:1' { param($out) if ("$out" -ne 'hello') { "it said '$out'" } }
    Show 'Get-ContainerImageHistory greeter:1' { param($out) if ($out.Count -ne 2) { "expected two steps, got $($out.Count)" } }
    Show "Export-ContainerImage busybox, greeter:1 $base/both.tar.zst -Compression Zstd" {
        param($out) if (-not $out[0].Length) { 'the file is empty' }
    }
    Show 'Remove-Container prepared; Remove-ContainerImage greeter:1'
    Show "Import-ContainerImage $base/both.tar.zst" {
        param($out) if ("$($out.References)" -notmatch 'greeter:1') { "greeter:1 is not among '$($out.References)'" }
    }
    Show 'Invoke-Prune -All -WhatIf'
    Show 'Invoke-Prune -All -Force' { param($out) if ("$($out.Name)" -ne 'greeter:1') { "'$($out.Name)' went" } }
    Show 'Test-EngineStore' { param($out) if ($out.Count -ne 0) { "$($out.Count) things are wrong" } }

    Write-Host "`nThe end" -ForegroundColor Cyan
    Show 'Get-Container | Where-Object State -eq Running | Stop-Container -Timeout 1 -PassThru' {
        param($out) if ("$($out.Name) $($out.State)" -ne 'web Exited') { "expected 'web Exited', got '$($out.Name) $($out.State)'" }
    }
    Show 'Get-Container | Remove-Container'
    Show 'Get-Container' { param($out) if ($out.Count -ne 0) { "$($out.Count) containers are left" } }
    Show 'Remove-ContainerImage busybox'
    Show 'Get-ContainerImage' { param($out) if ($out.Count -ne 0) { "$($out.Count) images are left" } }
    Show 'Stop-Engine'
    $script:engine = $null
}

try {
    $null = New-Item -ItemType Directory $base
    Invoke-Tour
    $remains = @(Get-Remains)
    if ($remains) { throw "The demo left behind:`n$($remains -join "`n")" }
    Remove-Item $base -Recurse -Force
    Write-Host "`nAll of it worked, and nothing is left behind." -ForegroundColor Green
}
catch {
    Write-Host "`nThe demo failed: $_" -ForegroundColor Red
    Write-Host $_.ScriptStackTrace
    if ($script:engine) {
        # Before the engine goes: what it wrote about it, and the containers that would outlive it.
        Get-Content (Join-Path $base run engine.log) -Tail 20 -ErrorAction Ignore | Write-Host
        Get-Container -ErrorAction Ignore | Remove-Container -Force -ErrorAction Continue
        Stop-Engine -ErrorAction Continue
    }
    if (-not (Get-Remains)) { Remove-Item $base -Recurse -Force -ErrorAction Ignore }
    exit 1
}
