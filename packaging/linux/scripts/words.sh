# Sentences of the package, in the language of whoever installs it.
say() {
  case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
    ko*) echo "cairn: $2" >&2 ;;
    *) echo "cairn: $1" >&2 ;;
  esac
}

# Whether anybody on this computer has Cairn open: its files must not change under it.
is_open() {
  for process in /proc/[0-9]*; do
    [ "$process/exe" -ef /usr/lib/cairn/cairn ] && return 0
  done
  return 1
}
