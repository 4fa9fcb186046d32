#!/usr/bin/env bash
# Prints every rule of docs/rulebook.md with the tests that name it, and fails when one has none: eng/rules.sh [--run | RESULTS.trx]
#
# Without arguments a test has to exist; with the results of a test run (trx) it has to have passed. --run runs those tests first.
set -euo pipefail
results=${1:-}
[[ -z $results || $results == --run || $results == /* ]] || results=$PWD/$results
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/install.sh
source eng/install.sh

need_dotnet

if [[ $results == --run ]]; then
  need_postgres
  need_chromium
  need_chinese_font
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  results=$folder/tests.trx
  # Those that fail are named by the table; without results there is nothing to judge.
  dotnet test AdminPortal.Tests -c Release --filter "Rule~-" --logger "trx;LogFileName=tests.trx" \
    --results-directory "$folder" >&2 || [[ -e $results ]]
fi
dotnet run -c Release --project AdminPortal.Tests -- ${results:+"$results"}
