#!/usr/bin/env bash
# Checks everything: eng/test.sh [arguments of `dotnet test`, for example --filter Domain]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/install.sh
source eng/install.sh

need_dotnet
need_postgres
need_chromium
want_headless_shell
need_chinese_font

dotnet tool restore >/dev/null
dotnet restore AdminPortal.sln --locked-mode
dotnet csharpier check .
dotnet build AdminPortal.sln -c Release --no-restore -warnaserror

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
dotnet test AdminPortal.sln -c Release --no-build \
  --logger "console;verbosity=normal" --logger "trx;LogFileName=tests.trx" --results-directory "$results" \
  "$@" || status=$?

# One line from the trx: the counters of every <Counters .../> added up.
counted() {
  local name=$1 file
  for file in "$results"/*.trx; do
    [[ -e $file ]] || continue
    grep -o '<Counters [^>]*>' "$file" | sed -n "s/.* $name=\"\([0-9]*\)\".*/\1/p"
  done | awk '{ sum += $1 } END { print sum + 0 }'
}
total=$(counted total)
executed=$(counted executed)
passed=$(counted passed)
failed=$((executed - passed))
skipped=$((total - executed))

line="$passed passed, $failed failed"
[[ $skipped -eq 0 ]] || line="$line, $skipped skipped"
echo "$line"

if [[ $status -eq 0 && ($failed -ne 0 || $executed -eq 0) ]]; then
  status=1
fi
exit "$status"
