#!/usr/bin/env bash
# The test command, here and in CI: builds, checks the format, runs every test project, counts.
# Last line: "N passed, M failed[, K skipped]". Exit code 0 only if something ran and nothing failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
configuration=Release
started=$SECONDS

say() { printf '\n== %s (%s s)\n' "$*" "$((SECONDS - started))"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# need COMMAND PACKAGE: installs a Debian package where a test needs its command.
need() {
  command -v "$1" >/dev/null && return
  command -v apt-get >/dev/null || die "$1 is missing: install $2"
  say "installing $2"
  local sudo=(); [ "$(id -u)" -eq 0 ] || sudo=(sudo -n)
  "${sudo[@]}" apt-get update -qq && "${sudo[@]}" apt-get install -y -qq "$2" >/dev/null || die "$2 could not be installed"
}

command -v dotnet >/dev/null || die ".NET SDK 10 is missing: https://dotnet.microsoft.com/download"
# The second decoder of codec 2 is JavaScript.
need node nodejs

# Playground tests drive a real browser.
need chromium chromium

# Cluster tests run against the real server that production uses.
need redis-server redis-server

# It checks the alert rules.
need promtool prometheus

# What a session's datagrams show is judged on a capture.
need tcpdump tcpdump

say "build"
# One compiler for all projects; it ends with the build, so that the tests have the machine for themselves.
if ! dotnet build Aetheris.Orleans.sln -c "$configuration" -nologo -v quiet -p:UseSharedCompilation=true; then
  echo "error: the build failed"
  echo "0 passed, 1 failed"
  exit 1
fi
dotnet build-server shutdown --vbcscompiler >/dev/null

passed=0 failed=0 skipped=0 broken=()
log=$(mktemp) format_log=$(mktemp)
trap 'rm -f "$log" "$format_log"' EXIT
# figure NAME: a number of the runner's summary, such as "  succeeded: 12".
figure() { sed -nE "s/^ *$1: *([0-9]+) *$/\1/p" "$log" | tail -n 1; }

# The format is checked beside the tests that do not mind.
dotnet format Aetheris.Orleans.sln --no-restore --verify-no-changes >"$format_log" 2>&1 &
format=$!
await_format() {
  [ -n "$format" ] || return 0
  say "format"
  if ! wait "$format"; then
    cat "$format_log"
    broken+=("dotnet format (run it without --verify-no-changes)")
    failed=$((failed + 1))
  fi
  format=
}

# These start whole servers and watch their timing: they come last, alone on the machine.
timed='/(Cluster|Playground)\.Tests/'
mapfile -t projects < <(find tests -mindepth 2 -maxdepth 2 -name '*.Tests.csproj' | sort | awk -v timed="$timed" '$0 ~ timed {last = last $0 "\n"; next} {print} END {printf "%s", last}')
for project in "${projects[@]}"; do
  [[ $project =~ $timed ]] && await_format
  say "$(basename "$project" .csproj)"
  # Runs of many minutes are measurements: docs/operations.md names them and says how to run one.
  dotnet test --project "$project" -c "$configuration" --no-build -- --filter-not-trait "Category=Long" </dev/null 2>&1 | tee "$log"
  code=${PIPESTATUS[0]}
  ok=$(figure succeeded) bad=$(figure failed) left=$(figure skipped)
  passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-0})) skipped=$((skipped + ${left:-0}))
  # A project that crashed, or that ran nothing, has no figures to be counted by.
  if [ -z "$ok" ] || { [ "$code" -ne 0 ] && [ "${bad:-0}" -eq 0 ]; } || [ $((ok + ${bad:-0})) -eq 0 ]; then
    broken+=("$(basename "$project" .csproj)")
    failed=$((failed + 1))
  fi
done

await_format
say "done"
[ ${#broken[@]} -eq 0 ] || printf 'counted as one failure each: %s\n' "${broken[@]}"
summary="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || summary+=", $skipped skipped"
echo "$summary"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
