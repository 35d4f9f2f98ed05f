#!/bin/sh
# Verify a release of Cairn before anything of it is opened, with stock tools alone.
#
#   sh verify.sh FOLDER ALLOWED_SIGNERS
#
# FOLDER holds SHA256SUMS, SHA256SUMS.sig and the files. ALLOWED_SIGNERS holds the keys that you trust,
# in the form that ssh-keygen reads; take it from somewhere else than the stick that the release is on.
# Needs OpenSSH 8.9 or newer, and sha256sum (coreutils, busybox) or shasum (macOS).
#
# Exit codes: 0 whole and signed, 2 usage, 3 no release, 4 not signed or changed, 5 a tool is missing.
set -u
LC_ALL=C
export LC_ALL
NAMESPACE=release@cairn
LIST=SHA256SUMS
SIGNATURE=SHA256SUMS.sig
# What Windows and macOS leave on a stick by themselves.
LEFT='|System Volume Information|.Trashes|.Spotlight-V100|.fseventsd|'
NAME='[A-Za-z0-9][A-Za-z0-9._+-]{0,99}'

# Names come from the stick: only plain characters of them are printed.
shown() { printf '%s' "$1" | tr -cd 'A-Za-z0-9._+-' | cut -c 1-60; }
stop() {
  code=$1
  shift
  printf 'NOT VERIFIED: %s\n' "$*" >&2
  [ "$code" != 4 ] || printf 'Do not install anything from this folder.\n' >&2
  exit "$code"
}

[ $# -eq 2 ] || { printf 'usage: sh verify.sh FOLDER ALLOWED_SIGNERS\n' >&2; exit 2; }
command -v ssh-keygen >/dev/null || stop 5 'ssh-keygen (OpenSSH) is not installed.'
if command -v sha256sum >/dev/null; then hash='sha256sum'
elif command -v shasum >/dev/null; then hash='shasum -a 256'
else stop 5 'neither sha256sum nor shasum is installed.'; fi
[ -f "$2" ] && [ -r "$2" ] || stop 2 'the file with the keys that you trust is not there.'
case $2 in /*) signers=$2 ;; *) signers=$(pwd)/$2 ;; esac
# A dash at the beginning would be taken for an option.
case $1 in /*) folder=$1 ;; *) folder=./$1 ;; esac
[ -d "$folder" ] && cd "$folder" || stop 3 'the folder is not there.'

for name in "$LIST" "$SIGNATURE"; do
  [ -e "$name" ] || [ -L "$name" ] || stop 3 "$name is missing: this folder is no release."
  [ -f "$name" ] && [ ! -L "$name" ] || stop 4 "$name is not a plain file."
done
[ "$(wc -c <"$LIST")" -le 32768 ] && [ "$(wc -c <"$SIGNATURE")" -le 16384 ] ||
  stop 3 'the list or its signature is too large.'

# Read once, and from here on only what was read: the stick may answer differently the next time.
list=$(cat "$LIST" && printf x) || stop 5 'the list can not be read.'
list=${list%x}

# Whoever signed must be one of the signers, and for releases: a signature for anything else does not count.
who=
for principal in $(ssh-keygen -Y find-principals -f "$signers" -s "$SIGNATURE" 2>/dev/null); do
  if printf '%s' "$list" |
    ssh-keygen -Y verify -f "$signers" -I "$principal" -n "$NAMESPACE" -s "$SIGNATURE" >/dev/null 2>&1; then
    who=$principal
    break
  fi
done
[ -n "$who" ] || stop 4 'the list is not signed by a key that you trust, or was changed after signing.'

# One way to write it: this also refuses carriage returns, folders in names, and names that escape.
case $list in
*'
') ;;
*) stop 4 'the list does not end in a line.' ;;
esac
if printf '%s' "$list" | grep -Evq "^[0-9a-f]{64}  $NAME\$"; then
  stop 4 'the list is not in the form of a release.'
fi
names=$(printf '%s' "$list" | cut -c 67-)
printf '%s\n' "$names" | sort -c -u 2>/dev/null || stop 4 'the list is not in order, or has a name twice.'
[ -z "$(printf '%s\n' "$names" | tr 'A-Z' 'a-z' | sort | uniq -d)" ] ||
  stop 4 'the list has names that differ in capitals only.'

# Exactly what is on the list: a file beside it would be taken for a part of the release.
for entry in * .[!.]* ..?*; do
  [ -e "$entry" ] || [ -L "$entry" ] || continue
  case $LEFT in *"|$entry|"*) continue ;; esac
  [ -f "$entry" ] && [ ! -L "$entry" ] || stop 4 "something in the folder is not a plain file: $(shown "$entry")"
  [ "$entry" != "$LIST" ] && [ "$entry" != "$SIGNATURE" ] || continue
  printf '%s\n' "$entry" | grep -Eq "^$NAME\$" && [ "$(printf '%s\n' "$entry" | wc -l)" -eq 1 ] &&
    printf '%s\n' "$names" | grep -Fqx -e "$entry" ||
    stop 4 "a file is not on the list: $(shown "$entry")"
done
for name in $names; do
  [ -f "$name" ] || stop 4 "a file of the list is missing: $(shown "$name")"
done

printf '%s' "$list" | $hash -c >/dev/null 2>&1 || {
  for name in $names; do
    printf '%s' "$list" | grep -E "^[0-9a-f]{64}  $(printf '%s' "$name" | sed 's/[.+]/\\&/g')\$" |
      $hash -c >/dev/null 2>&1 || stop 4 "this file is not the one that was signed: $(shown "$name")"
  done
  stop 4 'a file is not the one that was signed.'
}

printf 'Verified: %s files, signed by %s.\n' "$(printf '%s\n' "$names" | wc -l | tr -d ' ')" "$(shown "$who")"
printf 'Nothing else lies in the folder. Install only from here, and not after the stick was out of your hands.\n'
