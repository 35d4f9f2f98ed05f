# Says a sentence in the person's language, in a window when there is no terminal to read it in.
tell() {
  case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
    ko*) sentence=$2 ;;
    *) sentence=$1 ;;
  esac
  echo "cairn: $sentence" >&2
  if [ ! -t 2 ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    if command -v zenity >/dev/null 2>&1; then
      zenity --info --no-markup --title=Cairn --width=480 --text="$sentence" >/dev/null 2>&1
    elif command -v kdialog >/dev/null 2>&1; then
      kdialog --title Cairn --msgbox "$sentence" >/dev/null 2>&1
    elif command -v xmessage >/dev/null 2>&1; then
      xmessage -center "$sentence" >/dev/null 2>&1
    fi
  fi
  return 0
}
