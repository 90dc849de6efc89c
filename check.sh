#!/usr/bin/env bash
# Sets up what the tests need, builds, checks the format, runs every test.
# The last line is "N passed, N failed, N skipped"; the exit code is 0 only when nothing failed.
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
configuration=${CONFIGURATION:-Release}

say() { printf '== %s\n' "$*"; }
give_up() { say "$*"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# Programs the tests talk to. What cannot be installed is skipped by its tests, which say so; under CI=true that is a failure.
install_missing() {
  local missing=() entry
  for entry in "$@"; do command -v "${entry%%:*}" >/dev/null 2>&1 || missing+=("${entry##*:}"); done
  [ ${#missing[@]} -eq 0 ] && return 0
  say "installing ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 && as_root=(sudo -n) || { say "not root and no sudo: ${missing[*]} not installed"; return 1; }
  fi
  command -v apt-get >/dev/null 2>&1 || { say "no apt-get: ${missing[*]} not installed"; return 1; }
  "${as_root[@]}" apt-get update -qq >/dev/null 2>&1
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 \
    || say "could not install ${missing[*]}"
}

command -v dotnet >/dev/null 2>&1 || give_up "the .NET 10 SDK (dotnet) is not on the PATH"
# mosquitto: its package may start a service on port 1883; that is left alone, the tests use ports of their own
install_missing mosquitto:mosquitto mosquitto_pub:mosquitto-clients socat:socat node:nodejs npm:npm
if command -v npm >/dev/null 2>&1 && [ -f Bridge.Tests/Peers/package-lock.json ]; then
  say "npm packages of the peer tests"
  (cd Bridge.Tests/Peers && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null 2>&1) || say "npm ci failed"
fi

say "restore and build ($configuration)"
dotnet restore bridge.sln --verbosity quiet || give_up "restore failed"
dotnet build bridge.sln -c "$configuration" --no-restore --verbosity quiet -clp:NoSummary || give_up "build failed"

say "format"
dotnet format whitespace bridge.sln --no-restore --verify-no-changes --verbosity quiet || give_up "format: run 'dotnet format whitespace bridge.sln'"

say "tests"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"Bridge.Tests/bin/$configuration/net10.0/Bridge.Tests" -noColor "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
summary=$(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1)
[ -n "$summary" ] || give_up "the test program ended without a summary (exit code $status)"
read -r total errors failed skipped < <(echo "$summary" | tr -dc '0-9 \n' | tr -s ' ' | sed 's/^ //')
failed=$((failed + errors))
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
echo "$((total - failed - skipped)) passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
