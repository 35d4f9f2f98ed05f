; Everything that is found out before the first file is written.

Function RefuseTwice
  ; The handle is held until this process ends.
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Local\${APP_ID}.setup") p .r1 ?e'
  Pop $0
  ${If} $0 = 183 ; ERROR_ALREADY_EXISTS
    !insertmacro Refuse "" ${REFUSED_TWICE} "$(Twice)"
  ${EndIf}
FunctionEnd

Function RefuseWindows
  ; Qt's own floor is Windows 10 version 1809.
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    !insertmacro Refuse "" ${REFUSED_WINDOWS} "$(OldWindows)"
  ${EndIf}
FunctionEnd

; A folder is ours, empty or new; else its files would be moved about by the swap.
Function RefuseFolder
  ${If} ${FileExists} "$INSTDIR\*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${WINDOW_EXE}"
    ${DirState} "$INSTDIR" $0
    ${If} $0 = 1
      !insertmacro Refuse "" ${REFUSED_FOLDER} "$(ForeignFolder)"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function RefuseOlder
  ReadINIStr $R1 "$INSTDIR\cairn.ini" "Cairn" "Version"
  ${If} $R1 != ""
    ${VersionCompare} $R1 "${VERSION}" $0
    ${If} $0 = 1
      !insertmacro Refuse "" ${REFUSED_OLDER} "$(Older)"
    ${EndIf}
  ${EndIf}
  ClearErrors
FunctionEnd

; Windows lets nobody write to a program that runs. That sees the window, a command and their children alike.
!macro RunningFunctions un
Function ${un}IsRunning
  StrCpy $R0 0
  !insertmacro TryProgram "${WINDOW_EXE}"
  !insertmacro TryProgram "${COMMAND_EXE}"
FunctionEnd

Function ${un}RefuseRunning
  again:
  Call ${un}IsRunning
  ${If} $R0 = 1
    ${IfNot} ${Silent}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(Running)" IDRETRY again
      SetErrorLevel ${REFUSED_RUNNING}
      Quit
    ${EndIf}
    !insertmacro Refuse "${un}" ${REFUSED_RUNNING} "$(Running)"
  ${EndIf}
FunctionEnd
!macroend

!macro TryProgram name
  ${If} ${FileExists} "$INSTDIR\${name}"
    ClearErrors
    FileOpen $R9 "$INSTDIR\${name}" a
    ${If} ${Errors}
      StrCpy $R0 1
    ${Else}
      FileClose $R9
    ${EndIf}
  ${EndIf}
!macroend
!insertmacro RunningFunctions ""
!insertmacro RunningFunctions "un."

; The whole new version must fit beside the old one; a silent run would not ask.
Function RefuseRoom
  ; The folder itself may not be there yet: the nearest one above that is.
  StrCpy $R3 "$INSTDIR"
  ${DoUntil} ${FileExists} "$R3\*"
    ${GetParent} "$R3" $R4
    ${If} $R4 == ""
    ${OrIf} $R4 == $R3
      ${Break}
    ${EndIf}
    StrCpy $R3 $R4
  ${Loop}
  System::Call 'kernel32::GetDiskFreeSpaceExW(w R3, *l .r1, p 0, p 0) i .r0'
  ${If} $0 <> 0
    System::Int64Op $1 / 1048576
    Pop $R2
    ; What the files need, their last clusters, and room for the vault to go on.
    IntOp $R1 ${PAYLOAD_KB} / 1024
    IntOp $R1 $R1 + 64
    ${If} $R2 < $R1
      !insertmacro Refuse "" ${REFUSED_ROOM} "$(NoRoom)"
    ${EndIf}
  ${EndIf}
FunctionEnd
