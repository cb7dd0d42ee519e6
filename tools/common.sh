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
ticker=
report_failure() {
  local status=$?
  stop_ticker
  rm -f "$log"
  if [ "$status" -eq 130 ] || [ "$status" -eq 143 ]; then
    printf '\n%s: stopped. Run it again to go on from here.\n' "$(basename "$0")" >&2
  elif [ "$status" -ne 0 ] && [ -z "$failure_is_told" ]; then
    printf '%s: the last step failed, and says why above. Run this again to go on from there.\n' \
      "$(basename "$0")" >&2
  fi
}
trap report_failure EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# need_root PURPOSE: ends the script, saying why, unless this is root or may be by sudo, which may ask for a
# password here.
need_root() {
  [ "$(id -u)" -ne 0 ] || return 0
  command -v sudo >/dev/null || fail \
    "$1 needs root, and there is no sudo here: run this as root, or ask whoever administers this system"
  sudo -n true 2>/dev/null || sudo -v || fail \
    "$1 needs root, and sudo does not let $(id -un) be that: ask whoever administers this system"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# start_ticker LOG: until it is stopped, tells every ten seconds what a command last wrote there, so that
# minutes do not pass in silence.
start_ticker() {
  local file=$1 seconds=0 script=$$
  while sleep 10 >/dev/null 2>&1 && kill -0 "$script" 2>/dev/null; do
    seconds=$((seconds + 10))
    printf '  %d s: %.70s\n' "$seconds" "$(tail -c 2000 "$file" 2>/dev/null | tr '\r' '\n' | grep . | tail -n 1 |
        sed 's/^ *[0-9]* s: //')"
  done &
  ticker=$!
}

stop_ticker() {
  [ -n "$ticker" ] || return 0
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  ticker=
}

# logged LOG COMMAND…: runs a command with what it says in a file, telling how it goes on.
logged() {
  local file=$1 status=0
  shift
  start_ticker "$file"
  "$@" >"$file" 2>&1 </dev/null || status=$?
  stop_ticker
  return "$status"
}

# Runs a command quietly, and shows what it said only if it fails. Within a step that is logged it goes on
# there.
quietly() {
  local status=0
  if [ -n "$ticker" ]; then
    "$@" </dev/null
    return
  fi
  log=$(mktemp)
  logged "$log" "$@" || status=$?
  [ "$status" -eq 0 ] || cat "$log" >&2
  rm -f "$log"
  return "$status"
}

# The hosts that a build is made for, by their versions, and where the checkout lies.
describe_hosts() {
  local package
  for package in MagickCore-7.Q16HDRI MagickCore-7.Q16 MagickCore-6.Q16 MagickCore-6.Q16HDRI \
    gegl-0.4 gimpui-3.0 gimpui-2.0; do
    printf '%s %s\n' "$package" "$(pkg-config --modversion "$package" 2>/dev/null || echo none)"
  done
  printf '%s\n' "$checkout"
}

# build_in FOLDER [MESON OPTION…] [-- TARGET…]: sets the build folder up, or uses the one that stands, and
# builds what is installed, and these targets beside it. A folder that was left half-made is made anew,
# and so is one that was set up for other hosts than are here now, or with other options.
build_in() {
  local folder=$1 options=() made_for
  shift
  while [ "$#" -gt 0 ] && [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift "$(($# > 0))"
  made_for=$(describe_hosts && printf '%s\n' "${CC:-cc}" "${options[@]}")
  if [ ! -f "$folder/build.ninja" ] || [ "$made_for" != "$(cat "$folder/made-for.txt" 2>/dev/null)" ]; then
    rm -rf "$folder"
    quietly meson setup "$folder" "$checkout" "${options[@]}" || return
    printf '%s\n' "$made_for" >"$folder/made-for.txt"
  fi
  quietly ninja -C "$folder" all "$@"
}
