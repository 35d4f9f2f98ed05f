#!/bin/sh
# List and sign a release folder: SHA256SUMS over its files, and SHA256SUMS.sig.
#
#   sh packaging/release/sign.sh FOLDER KEY
#
# KEY is a private key, or the public half of one that an agent or a hardware token holds. The folder holds
# the release's files and nothing else; release.json (packaging/release/about.py) must be among them. Keep the
# key on a machine without a network. The list is written in one form: packaging/verify.sh and the program
# accept no other.
set -eu
LC_ALL=C
export LC_ALL
[ $# -eq 2 ] || { echo 'usage: sign.sh FOLDER KEY' >&2; exit 2; }
[ -f "$2" ] || { echo "sign: no key at $2" >&2; exit 2; }
case $2 in /*) key=$2 ;; *) key=$(pwd)/$2 ;; esac
case $1 in /*) folder=$1 ;; *) folder=./$1 ;; esac
cd "$folder"
[ -f release.json ] || { echo 'sign: release.json is missing; make it with packaging/release/about.py' >&2; exit 3; }
rm -f SHA256SUMS SHA256SUMS.sig
for entry in * .[!.]* ..?*; do
  [ -e "$entry" ] || [ -L "$entry" ] || continue
  if [ ! -f "$entry" ] || [ -L "$entry" ]; then
    echo "sign: $entry is not a plain file" >&2
    exit 3
  fi
  printf '%s\n' "$entry" | grep -Eq '^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$' || { echo "sign: $entry: no name for a release" >&2; exit 3; }
done
for entry in *; do sha256sum "$entry"; done >.list.part
mv .list.part SHA256SUMS
ssh-keygen -q -Y sign -n release@cairn -f "$key" SHA256SUMS
echo "signed $(wc -l <SHA256SUMS | tr -d ' ') files in $1"
