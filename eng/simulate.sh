#!/usr/bin/env bash
# Lives random drivers' years on the domain and checks every invariant: eng/simulate.sh [--drivers N] [--seed S] [--driver ONLY] [--verbose]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec dotnet run -c Release --project eng/Simulator -- "$@"
