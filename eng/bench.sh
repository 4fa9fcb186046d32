#!/usr/bin/env bash
# Runs a benchmark: eng/bench.sh NAME, or eng/bench.sh staff CASES
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec dotnet run -c Release --project eng/Benchmarks -- "$@"
