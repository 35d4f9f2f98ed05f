#!/bin/sh
# Cairn @VERSION@ for Linux on x86-64, to run from a stick or a folder: no installation, no administrator.
# The first start unpacks into a folder “Cairn” beside this file; later starts go straight into the program.
# The rest of this file is not text. Its SHA-256 stands below; the release's signed list covers all of it.
VERSION=@VERSION@
SHA256=@SHA256@
BEGIN=@BEGIN@
SIZE=@SIZE@
KIBIBYTES=@KIBIBYTES@

@WORDS@

usage() {
  case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
    ko*) cat <<'TEXT' ;;
사용법: sh cairn-@VERSION@-linux-x86_64.run [옵션] [프로그램의 인수]

  --here       묻지 않고 이 파일 옆의 폴더 "Cairn"에 풉니다
  --to 폴더    다른 폴더 안의 "Cairn"에 풉니다
  --no-start   풀기만 하고 시작하지 않습니다
  --check      이 파일이 온전한지만 확인합니다
  --help       이 글을 보여 줍니다
TEXT
    *) cat <<'TEXT' ;;
usage: sh cairn-@VERSION@-linux-x86_64.run [OPTION] [ARGUMENTS OF THE PROGRAM]

  --here       unpack into the folder "Cairn" beside this file, without asking
  --to FOLDER  unpack into "Cairn" in another folder
  --no-start   only unpack
  --check      only check that this file is whole
  --help       show this
TEXT
  esac
}

# sum256  the SHA-256 of what comes in, with whichever tool there is; nothing without one.
sum256() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum
  elif command -v shasum >/dev/null 2>&1; then shasum -a 256
  elif command -v openssl >/dev/null 2>&1; then openssl dgst -sha256 -r
  else cat >/dev/null
  fi | cut -d ' ' -f 1
}

content() { tail -c +$BEGIN "$self"; }

is_whole() {
  [ "$(wc -c <"$self")" -eq "$SIZE" ] || return 1
  found=$(content | sum256)
  if [ -z "$found" ]; then
    content | gzip -t 2>/dev/null
  else
    [ "$found" = $SHA256 ]
  fi
}

# newer A B  whether version A is newer than B: three numbers with dots.
newer() {
  awk -v a="$1" -v b="$2" 'BEGIN {
    split(a, x, "."); split(b, y, ".")
    for (i = 1; i <= 3; i++) if (x[i] + 0 != y[i] + 0) exit !(x[i] + 0 > y[i] + 0)
    exit 1 }'
}

is_open() {
  for process in /proc/[0-9]*; do
    if [ "$process/exe" -ef "$folder/program/cairn" ]; then return 0; fi
  done
  return 1
}

fail() {
  tell "$1" "$2"
  exit "${3:-5}"
}

place= start=yes ask=yes only=
while [ $# -gt 0 ]; do
  case $1 in
    --here) ask= ;;
    --to)
      if [ $# -lt 2 ]; then usage >&2; exit 2; fi
      place=$2 ask=
      shift
      ;;
    --no-start) start= ;;
    --check) only=yes ;;
    --help) usage; exit 0 ;;
    --) shift; break ;;
    *) break ;;
  esac
  shift
done

self=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)/$(basename -- "$0")
if [ ! -f "$self" ]; then
  fail "This file has to be started by its name: sh cairn-$VERSION-linux-x86_64.run" \
    "이 파일은 이름으로 시작해야 합니다: sh cairn-$VERSION-linux-x86_64.run" 2
fi
broken_en="This file is not whole: it was not copied to the end, or it was changed. Copy it again and compare it \
with the signed list of the release. Nothing was unpacked."
broken_ko="이 파일이 온전하지 않습니다. 끝까지 복사되지 않았거나 바뀌었습니다. 다시 복사하고 배포본의 서명된 목록과 \
비교하십시오. 푼 것은 없습니다."
if [ -n "$only" ]; then
  is_whole || fail "$broken_en" "$broken_ko" 4
  tell "This file is whole." "이 파일은 온전합니다."
  exit 0
fi

if [ "$(uname -s)" != Linux ] || [ "$(uname -m)" != x86_64 ]; then
  fail "This file is for Linux on x86-64 processors." "이 파일은 x86-64 프로세서의 Linux용입니다."
fi

if [ -n "$place" ]; then
  place=$(CDPATH='' cd -- "$place" 2>/dev/null && pwd -P) ||
    fail "The folder given with --to is not there." "--to로 준 폴더가 없습니다." 3
else
  place=$(dirname -- "$self")
fi
folder=$place/Cairn
# Where everybody may write, as in /tmp, somebody else may have put a folder of this name: what lies in it would run.
if [ -k "$place" ] && { [ -e "$folder" ] || [ -L "$folder" ]; } && { [ -L "$folder" ] || [ ! -O "$folder" ]; }; then
  fail "$folder was made by somebody else of this computer. Copy this file into a folder of your own and start it \
there. Nothing was changed." \
    "$folder은(는) 이 컴퓨터의 다른 사용자가 만든 폴더입니다. 이 파일을 자신의 폴더로 복사해 거기에서 시작하십시오. 바꾼 것은 \
없습니다." 3
fi
present=
if [ -f "$folder/program/cairn" ] && [ -f "$folder/program/version" ]; then
  present=$(cat "$folder/program/version")
fi

if [ -n "$present" ] && newer "$present" "$VERSION"; then
  fail "A newer Cairn ($present) is in $folder already. An older one may not be able to read vaults that it has \
opened. Nothing was changed. Start the newer one with start.sh in that folder." \
    "$folder에 더 새로운 Cairn($present)이 있습니다. 새 버전으로 연 보관함을 옛 버전이 읽지 못할 수 있습니다. 바꾼 것은 \
없습니다. 그 폴더의 start.sh로 새 버전을 시작하십시오." 3
fi

if [ "$present" != "$VERSION" ]; then
  if [ -n "$ask" ] && [ -t 0 ] && [ -t 2 ]; then
    case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
      ko*) printf '%s' "Cairn $VERSION을(를) $folder에 풉니다. 다른 곳은 쓰지 않습니다. 계속할까요? [Y/n] " >&2 ;;
      *) printf '%s' "Cairn $VERSION will be unpacked into $folder, and written nowhere else. Go on? [Y/n] " >&2 ;;
    esac
    read -r answer || answer=n
    case $answer in '' | [YyㅛㅇjJ]*) ;; *) exit 0 ;; esac
  fi
  if [ -n "$present" ] && is_open; then
    fail "Cairn is open from $folder. Close it and start this again." \
      "$folder의 Cairn이 열려 있습니다. 닫고 다시 시작하십시오."
  fi
  if ! mkdir -p "$folder" 2>/dev/null || [ ! -w "$folder" ]; then
    fail "Nothing can be written into $place: perhaps the stick is write-protected. Name another folder: \
sh $(basename -- "$self") --to FOLDER" \
      "$place에 쓸 수 없습니다. USB 메모리가 쓰기 금지일 수 있습니다. 다른 폴더를 주십시오: \
sh $(basename -- "$self") --to 폴더"
  fi
  free=$(df -Pk "$folder" 2>/dev/null | awk 'NR == 2 { print $4 }')
  if [ -n "$free" ] && [ "$free" -lt $KIBIBYTES ]; then
    rmdir "$folder" 2>/dev/null
    fail "There are $((free / 1024)) MB free in $place; Cairn needs $((KIBIBYTES / 1024)) MB. Make room and start \
again. Nothing was changed." \
      "$place에 $((free / 1024)) MB가 비어 있는데 $((KIBIBYTES / 1024)) MB가 필요합니다. 자리를 만들고 다시 시작하십시오. \
바꾼 것은 없습니다."
  fi
  if ! is_whole; then
    rmdir "$folder" 2>/dev/null
    fail "$broken_en" "$broken_ko" 4
  fi
  echo "cairn: $folder …" >&2
  new=$folder/unpacking
  rm -rf "$new" && mkdir "$new" || exit 5
  trap 'rm -rf "$new"' EXIT
  trap 'exit 130' INT TERM HUP
  if ! content | gzip -dc | (cd "$new" && tar -xf - -o -m); then
    rm -rf "$new"
    fail "Cairn could not be unpacked into $folder. What was there before is unchanged." \
      "Cairn을 $folder에 풀지 못했습니다. 전에 있던 것은 그대로입니다."
  fi
  chmod 755 "$new/program/cairn" "$new/start.sh" 2>/dev/null
  # All of it lies on the stick before the old program is moved: whatever is cut off here, the next start
  # unpacks again, and cairn-data is never touched.
  sync
  rm -rf "$folder/program.old"
  if [ -e "$folder/program" ]; then mv "$folder/program" "$folder/program.old" || exit 5; fi
  mv "$new/program" "$folder/program" && mv -f "$new/start.sh" "$new/README.txt" "$folder/" || exit 5
  rm -rf "$new" "$folder/program.old"
  trap - EXIT INT TERM HUP
  sync
fi

if [ -z "$start" ]; then exit 0; fi
exec sh "$folder/start.sh" "$@"
exit 5
