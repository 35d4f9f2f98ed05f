; One version takes another's place.

; Every name at the top of an installed folder that is ours. make_installer.py refuses a payload with others.
!macro OurNames do
  !insertmacro ${do} "${WINDOW_EXE}"
  !insertmacro ${do} "${COMMAND_EXE}"
  !insertmacro ${do} "uninstall.exe"
  !insertmacro ${do} "cairn.ini"
  !insertmacro ${do} "LICENSE.txt"
  !insertmacro ${do} "notices"
  !insertmacro ${do} "_internal"
!macroend

; A run that ended between the two renames.
Function PutOldBack
  ${IfNot} ${FileExists} "$INSTDIR\${WINDOW_EXE}"
  ${AndIf} ${FileExists} "$INSTDIR.old\${WINDOW_EXE}"
    Rename "$INSTDIR.old" "$INSTDIR"
  ${EndIf}
  ClearErrors
FunctionEnd

Function Swap
  ; Windows does not rename the folder that a process stands in.
  SetOutPath "$TEMP"
  Call DropOld
  ${If} ${FileExists} "$INSTDIR\*"
    StrCpy $R1 "$INSTDIR"
    StrCpy $R2 "$INSTDIR.old"
    Call Move
    ${If} $R0 = 0
      RMDir /r "$INSTDIR.new"
      !insertmacro Refuse "" ${REFUSED_SWAP} "$(NotSwapped)"
    ${EndIf}
  ${EndIf}
  StrCpy $R1 "$INSTDIR.new"
  StrCpy $R2 "$INSTDIR"
  Call Move
  ${If} $R0 = 0
    Rename "$INSTDIR.old" "$INSTDIR"
    RMDir /r "$INSTDIR.new"
    !insertmacro Refuse "" ${REFUSED_SWAP} "$(NotSwapped)"
  ${EndIf}
  Call DropOld
  ClearErrors
FunctionEnd

; $R1 to $R2; $R0 says whether. A virus scanner may hold new files for some seconds.
Function Move
  StrCpy $R0 0
  ${For} $R3 1 20
    ClearErrors
    Rename "$R1" "$R2"
    ${IfNot} ${Errors}
      StrCpy $R0 1
      ${Break}
    ${EndIf}
    Sleep 500
  ${Next}
FunctionEnd

!macro DropName name
  Delete "$INSTDIR.old\${name}"
  RMDir /r "$INSTDIR.old\${name}"
!macroend

; The old version goes; what somebody put beside it moves to the new one, or stays in Cairn.old.
Function DropOld
  ${IfNot} ${FileExists} "$INSTDIR.old\*"
    Return
  ${EndIf}
  !insertmacro OurNames DropName
  ClearErrors
  FindFirst $R2 $R3 "$INSTDIR.old\*"
  ${DoUntil} ${Errors}
    ${If} $R3 != "."
    ${AndIf} $R3 != ".."
    ${AndIfNot} ${FileExists} "$INSTDIR\$R3"
      Rename "$INSTDIR.old\$R3" "$INSTDIR\$R3"
    ${EndIf}
    ClearErrors
    FindNext $R2 $R3
  ${Loop}
  FindClose $R2
  RMDir "$INSTDIR.old"
  ClearErrors
FunctionEnd
