@{
    RootModule             = 'module/bin/Engine.PowerShell.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '0c2ee5a1-4d2e-4b63-9f0a-5b8f0c6f7a41'
    Author                 = 'The Engine developers'
    CompanyName            = 'The Engine developers'
    Copyright              = '(c) The Engine developers. Apache-2.0.'
    Description            = 'Containers and images for people who work in PowerShell: objects instead of text.'
    PowerShellVersion      = '7.6'
    CompatiblePSEditions   = @('Core')
    TypesToProcess         = @('module/Engine.Types.ps1xml')
    FormatsToProcess       = @(
        'module/formats/Container.Format.ps1xml'
        'module/formats/ContainerExit.Format.ps1xml'
        'module/formats/ContainerImage.Format.ps1xml'
        'module/formats/ContainerLog.Format.ps1xml'
        'module/formats/ContainerManifest.Format.ps1xml'
        'module/formats/ContainerRegistry.Format.ps1xml'
        'module/formats/Engine.Format.ps1xml'
        'module/formats/ImageTransfer.Format.ps1xml'
        'module/formats/Store.Format.ps1xml'
    )
    CmdletsToExport        = @(
        'Add-ContainerImageTag'
        'Connect-ContainerRegistry'
        'Connect-Engine'
        'ConvertTo-ContainerImage'
        'Disconnect-ContainerRegistry'
        'Disconnect-Engine'
        'Export-Container'
        'Export-ContainerImage'
        'Find-ContainerImage'
        'Get-Container'
        'Get-ContainerImage'
        'Get-ContainerImageHistory'
        'Get-ContainerLog'
        'Get-ContainerManifest'
        'Get-Engine'
        'Import-ContainerImage'
        'Install-ContainerImage'
        'Invoke-Container'
        'Invoke-Prune'
        'New-Container'
        'New-ContainerManifest'
        'New-ContainerMount'
        'Publish-ContainerImage'
        'Publish-ContainerManifest'
        'Remove-Container'
        'Remove-ContainerImage'
        'Rename-Container'
        'Restart-Container'
        'Resume-Container'
        'Send-ContainerSignal'
        'Set-ContainerManifest'
        'Start-Container'
        'Start-Engine'
        'Stop-Container'
        'Stop-Engine'
        'Suspend-Container'
        'Test-EngineStore'
        'Wait-Container'
        'Watch-EngineEvent'
    )
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags       = @('Container', 'Containers', 'Docker', 'OCI', 'Image', 'Linux', 'PSEdition_Core')
            LicenseUri = 'https://www.apache.org/licenses/LICENSE-2.0'
        }
    }
}
