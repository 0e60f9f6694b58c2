#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Containers' {
    BeforeAll {
        . $PSScriptRoot/PrivateEngine.ps1
        $root = Start-SpecEngine
    }

    AfterAll { Stop-SpecEngine $root }

    AfterEach { Get-Container | Remove-Container -Force }

    It 'runs a program, and hands on its lines' {
        Invoke-Container busybox echo hello | Should -Be 'hello'
        $LASTEXITCODE | Should -Be 0
        Get-Container | Should -BeNullOrEmpty
    }

    It 'keeps the exit code' {
        Invoke-Container busybox -ErrorAction SilentlyContinue -ErrorVariable failed -- sh -c 'exit 7'
        $LASTEXITCODE | Should -Be 7
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ContainerExitedNonZero,*'
    }

    It 'says 127 where there is no such command' {
        Invoke-Container busybox nope -ErrorAction SilentlyContinue
        $LASTEXITCODE | Should -Be 127
    }

    It 'goes through the life of a container' {
        $web = New-Container busybox -Name web -- sleep 100
        $web.State | Should -Be Created
        (Start-Container web -PassThru).State | Should -Be Running
        (Suspend-Container web -PassThru).State | Should -Be Paused
        (Resume-Container web -PassThru).State | Should -Be Running
        (Rename-Container web shop -PassThru).Id | Should -Be $web.Id
        (Get-Container | Where-Object State -eq Running | Stop-Container -Timeout 0 -PassThru).State | Should -Be Exited
        Remove-Container shop
        Get-Container shop* | Should -BeNullOrEmpty
    }

    It 'has an error for each name that is not there' {
        Get-Container nope1, nope2 -ErrorAction SilentlyContinue -ErrorVariable missing
        $missing.TargetObject | Should -Be nope1, nope2
        $missing[0].CategoryInfo.Category | Should -Be ObjectNotFound
    }

    It 'changes nothing with -WhatIf' {
        $null = New-Container busybox -Name web
        Remove-Container web -WhatIf
        Get-Container web | Should -Not -BeNullOrEmpty
    }

    It 'is shown with its name, image, state, status and short id' {
        $null = New-Container busybox -Name web
        $line = "web\s+busybox\s+Created\s+Created\s+$((Get-Container web).Id.Substring(0, 12))\s"
        Get-Container | Out-String -Width 100 | Should -Match "(?s)Name\s+Image\s+State\s+Status\s+Id\s.*$line"
    }

    It 'has room for its status in 80 columns, and for all in 100' {
        $null = New-Container busybox -Name web
        foreach ($status in 'Exited (0) Less than a second ago', 'Up About a minute (Paused)') {
            $shown = Get-Container web | Select-Object * -ExcludeProperty Status
            $shown.PSObject.TypeNames.Insert(0, 'Engine.Container')
            $shown | Add-Member Status $status
            $shown | Out-String -Width 80 | Should -BeLike "*$status*"
            $shown | Out-String -Width 100 | Should -BeLike "*$status*$($shown.Id.Substring(0, 12))*"
        }
    }

    It 'goes down the pipeline as an object: sorted, grouped, selected' {
        'bb', 'aa' | ForEach-Object { $null = New-Container busybox -Name $_ -Label @{ tier = $_ } }
        (Get-Container | Sort-Object Name).Name | Should -Be aa, bb
        (Get-Container | Sort-Object CreatedAt -Descending | Select-Object -First 1 -ExpandProperty Labels).tier | Should -Be aa
        (Get-Container | Group-Object State).Count | Should -Be 2
        (Get-Container | Select-Object Name, State | ConvertTo-Csv)[1] | Should -Match '"(aa|bb)","Created"'
    }

    It 'is found by the property Name of any object' {
        $null = New-Container busybox -Name web -- sleep 100
        "Name`nweb" | ConvertFrom-Csv | Start-Container
        (Get-Container web).State | Should -Be Running
    }

    It 'works in a job, which can be stopped' {
        $container = Invoke-Container busybox -Detach -- sh -c 'sleep 1; exit 3'
        ($container | Wait-Container -AsJob | Receive-Job -Wait -AutoRemoveJob).ExitCode | Should -Be 3
        $job = Invoke-Container busybox -Detach -- sleep 100 | Wait-Container -AsJob
        $job | Stop-Job
        $job.State | Should -Be Stopped
        $job | Remove-Job
        (Get-Container -State Running).Count | Should -Be 1 -Because 'only the wait was stopped'
    }

    It 'survives an export, and is shown the same way' {
        $null = New-Container busybox -Name web
        $file = Join-Path $root web.xml
        Get-Container web | Export-Clixml $file
        Import-Clixml $file | Out-String | Should -Be (Get-Container web | Out-String)
        Import-Clixml $file | Remove-Container
        Get-Container | Should -BeNullOrEmpty
    }
}
