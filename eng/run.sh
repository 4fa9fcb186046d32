#!/usr/bin/env bash
# Runs the portal with demonstration data: eng/run.sh [arguments of `serve`]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/install.sh
source eng/install.sh

need_dotnet
# A server named in the environment needs no private one.
[[ -n ${ConnectionStrings__Portal:-} ]] || need_postgres

export ASPNETCORE_ENVIRONMENT=Development
dotnet tool restore >/dev/null
exec dotnet run --project AdminPortal.Web -c Release -- serve --demo "$@"
