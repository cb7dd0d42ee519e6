# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What the tools share. To be sourced by a script in this folder.

set -euo pipefail

# Some of what is run here answers in the user's language, and is read.
export LC_ALL=C.UTF-8

tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck disable=SC2034 # for the script that sources this
checkout=$(dirname "$tools")

say() {
  printf '%s\n' "$*"
}

fail() {
  failure_is_told=yes
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# When a script did not come to its end: what to do, unless the cause has been told.
failure_is_told=
log=
report_failure() {
  local status=$?
  rm -f "$log"
  if [ "$status" -eq 130 ] || [ "$status" -eq 143 ]; then
    printf '\n%s: stopped. Run it again to go on from here.\n' "$(basename "$0")" >&2
  elif [ "$status" -ne 0 ] && [ -z "$failure_is_told" ]; then
    printf '%s: the step above failed.' "$(basename "$0")" >&2
    printf ' If a disk is full or the network is away, mend that; then run it again.\n' >&2
  fi
}
trap report_failure EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Whether this is root or can be, for one command at a time.
can_be_root() {
  [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# Runs a command quietly, and shows what it said only if it fails.
quietly() {
  local status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  [ "$status" -eq 0 ] || cat "$log" >&2
  rm -f "$log"
  return "$status"
}

# build_in FOLDER [MESON OPTION…]: sets the build folder up, or uses the one that stands, and builds.
# One that was left half-made is made anew.
build_in() {
  local folder=$1
  shift
  if [ ! -f "$folder/build.ninja" ]; then
    rm -rf "$folder"
    quietly meson setup "$folder" "$checkout" "$@"
  fi
  quietly ninja -C "$folder"
}
