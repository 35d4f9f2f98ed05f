# Installs the finished installer on a real Windows and looks whether what it promises holds. For release.yml:
# takes the draft's file by TAG, its hash from SHA256, and UNSIGNED = true where no signature is expected.
$ErrorActionPreference = "Stop"
$PSNativeCommandUseErrorActionPreference = $false

function Expect([bool] $Truth, [string] $What) {
    if (-not $Truth) { throw "not seen: $What" }
    Write-Output "seen: $What"
}

function Setup([string] $File, [string[]] $Words) {
    (Start-Process -FilePath $File -ArgumentList $Words -Wait -PassThru).ExitCode
}

gh release download $env:TAG --pattern "*-setup.exe" --dir files
$installer = (Get-ChildItem files).FullName
Expect ((Get-FileHash $installer -Algorithm SHA256).Hash -eq $env:SHA256) "the very installer that was made"

$programs = Join-Path $env:LOCALAPPDATA "Programs\Cairn"
$window = Join-Path $programs "cairn-desktop.exe"
$command = Join-Path $programs "cairn.exe"
$data = Join-Path $env:LOCALAPPDATA "cairn"
Expect ((Setup $installer "/S") -eq 0) "installed"
Expect ((Test-Path $window) -and (Test-Path $command)) "both programs are there"
if ($env:UNSIGNED -ne "true") {
    foreach ($file in $installer, $window, $command, (Join-Path $programs "uninstall.exe")) {
        Expect ((Get-AuthenticodeSignature $file).Status -eq "Valid") "Windows accepts the signature of $file"
    }
}

& $command self-test --json
Expect ($LASTEXITCODE -eq 0) "the installed program passes its own test"

# A vault, in a place and with a name in Korean, and who may read it.
$vault = Join-Path $data "vaults\현장 기록"
& $command practice $vault --json | Out-Null
Expect ($LASTEXITCODE -eq 0) "a vault is made"
$me = [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value
foreach ($folder in $vault, (Join-Path $vault "media")) {
    $list = Get-Acl $folder
    $named = $list.GetAccessRules($true, $true, [System.Security.Principal.SecurityIdentifier])
    $who = $named | ForEach-Object { $_.IdentityReference.Value } | Sort-Object -Unique
    Expect ($list.AreAccessRulesProtected) "$folder inherits no access"
    Expect (($who -join " ") -eq (("S-1-5-18", $me | Sort-Object) -join " ")) "only its owner and the system get in"
}
$header = Join-Path $vault "vault.hdr"
$before = (Get-FileHash $header).Hash

$runs = Start-Process -FilePath $window -PassThru
$runs.WaitForInputIdle(60000) | Out-Null
Expect (-not $runs.HasExited) "the window is shown"
Expect ((Setup $installer "/S") -eq 11) "not installed over a running program"
Stop-Process -Id $runs.Id
$runs.WaitForExit()

Expect ((Setup $installer "/S") -eq 0) "installed again"
Expect ((Get-FileHash $header).Hash -eq $before) "the vault is what it was"
foreach ($ending in "age", "contact") {
    $key = "HKCU:\Software\Classes\app.cairn.Cairn.$(@{ age = 'bundle'; contact = 'contact' }[$ending])\shell\open\command"
    Expect ((Get-ItemProperty $key)."(default)" -eq "`"$window`" `"%1`"") "a .$ending file can be opened with the window"
}

$uninstall = Join-Path $programs "uninstall.exe"
Setup $uninstall @("/S", "_?=$programs") | Out-Null
Expect (-not (Test-Path $command)) "removed"
Expect ((Get-FileHash $header).Hash -eq $before) "and the vault is left alone"
