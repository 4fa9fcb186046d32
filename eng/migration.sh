#!/usr/bin/env bash
# Generates one migration for both engines: eng/migration.sh NAME
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ $# -ne 1 ]]; then
  echo "usage: eng/migration.sh NAME" >&2
  exit 2
fi

dotnet tool restore >/dev/null
dotnet build eng/MigrationTool -c Release

for engine in PostgreSql SqlServer; do
  dotnet tool run dotnet-ef migrations add "$1" \
    --no-build --configuration Release \
    --project AdminPortal.Data --startup-project eng/MigrationTool \
    --context "${engine}PortalDb" \
    --output-dir "Migrations/$engine"
done
