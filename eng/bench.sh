#!/usr/bin/env bash
# Runs a benchmark: eng/bench.sh NAME
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec dotnet run -c Release --project eng/Benchmarks -- "$@"
