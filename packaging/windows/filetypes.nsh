; A double click on a bundle or a contact card opens Cairn, unless the person's system has another program
; for that ending: then Cairn is only offered under "Open with".

!define BUNDLE_CLASS "${APP_ID}.bundle"
!define CONTACT_CLASS "${APP_ID}.contact"

!macro AddType ending class title
  WriteRegStr HKCU "${CLASSES}\${class}" "" "${title}"
  WriteRegStr HKCU "${CLASSES}\${class}\DefaultIcon" "" "$INSTDIR\${WINDOW_EXE},0"
  WriteRegStr HKCU "${CLASSES}\${class}\shell\open\command" "" '"$INSTDIR\${WINDOW_EXE}" "%1"'
  WriteRegStr HKCU "${CLASSES}\${ending}\OpenWithProgids" "${class}" ""
  ReadRegStr $0 HKCR "${ending}" ""
  ${If} $0 == ""
    WriteRegStr HKCU "${CLASSES}\${ending}" "" "${class}"
  ${EndIf}
!macroend

!macro RemoveType ending class
  DeleteRegKey HKCU "${CLASSES}\${class}"
  DeleteRegValue HKCU "${CLASSES}\${ending}\OpenWithProgids" "${class}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${ending}\OpenWithProgids"
  ReadRegStr $0 HKCU "${CLASSES}\${ending}" ""
  ${If} $0 == "${class}"
    DeleteRegValue HKCU "${CLASSES}\${ending}" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "${CLASSES}\${ending}"
!macroend

!macro TellExplorer
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; SHCNE_ASSOCCHANGED
!macroend

Function AddFileTypes
  !insertmacro AddType ".age" "${BUNDLE_CLASS}" "$(BundleType)"
  !insertmacro AddType ".contact" "${CONTACT_CLASS}" "$(ContactType)"
  !insertmacro TellExplorer
FunctionEnd

Function un.RemoveFileTypes
  !insertmacro RemoveType ".age" "${BUNDLE_CLASS}"
  !insertmacro RemoveType ".contact" "${CONTACT_CLASS}"
  !insertmacro TellExplorer
FunctionEnd
