#!/bin/sh
# Starts Cairn from this folder. Settings and vaults lie in cairn-data beside this file, and nothing is
# written anywhere else on the computer. Where this file can't be started: sh start.sh
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || exit 1
program=$here/program/cairn
loader=/lib64/ld-linux-x86-64.so.2

@WORDS@

if [ ! -f "$program" ]; then
  tell "Cairn is not whole in this folder. Unpack it again from the .run file beside the folder; cairn-data \
stays as it is." \
    "이 폴더의 Cairn이 온전하지 않습니다. 폴더 옆의 .run 파일로 다시 푸십시오. cairn-data는 그대로 남습니다."
  exit 5
fi
if [ -x "$program" ]; then
  exec "$program" "$@"
fi
# A stick formatted with FAT has no sign for programs. The system's own loader can start one all the same,
# unless the stick was mounted so that nothing on it may run.
if [ -x $loader ] && $loader --verify "$program" >/dev/null 2>&1; then
  CAIRN_LOADER=$loader
  export CAIRN_LOADER
  exec $loader "$program" "$@"
fi
tell "This computer does not let programs run from the place where Cairn lies ($here). Unpack Cairn into a \
folder where they may, for example in your home folder: sh cairn-@VERSION@-linux-x86_64.run --to FOLDER. Your \
vaults can stay on the stick: open them there with “Another vault…”." \
  "이 컴퓨터는 Cairn이 놓인 곳($here)에서 프로그램을 실행하지 못하게 합니다. 실행할 수 있는 폴더, 예를 들어 홈 \
폴더에 푸십시오: sh cairn-@VERSION@-linux-x86_64.run --to 폴더. 보관함은 USB 메모리에 두고 “다른 보관함…”으로 열 수 있습니다."
exit 5
