#!/usr/bin/env bash
# Plants faults in AdminPortal.Domain/{Time,Rounds,Casework} and counts how many the domain tests notice: eng/mutation.sh [report folder]
#
# It works on a copy, with a test project that holds AdminPortal.Tests/Domain and nothing else, so that neither a database nor a
# browser is needed and no build of the repository is touched.
#
# Stryker can be blind (green at no kills) or see ghosts (everything killed). So two canaries are planted in the copy: the faults in
# one must all be killed, the faults in the other, which a test runs without looking at the result, must all survive. Only then
# does the score count: killed / (all - ignored), timeouts and compile errors not counted as killed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/install.sh
source eng/install.sh

need_dotnet

threshold=85
report=${1:-}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

mkdir "$copy/eng"
cp Directory.* .editorconfig global.json BannedSymbols*.txt "$copy/"
cp eng/feed.* "$copy/eng/"
cp -r .config "$copy/.config"
tar cf - --exclude=bin --exclude=obj AdminPortal.Domain | tar xf - -C "$copy"
mkdir "$copy/AdminPortal.Tests"
cp -r AdminPortal.Tests/Domain AdminPortal.Tests/Examples AdminPortal.Tests/stryker-config.json "$copy/AdminPortal.Tests/"
# Millions of heartbeats, one run of them with a seed of its own: too slow to repeat for every fault, and not the same twice.
rm "$copy"/AdminPortal.Tests/Domain/Rounds/BeatFlood*.cs

cat >"$copy/AdminPortal.Tests/AdminPortal.Tests.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <IsTestProject>true</IsTestProject>
    <RestorePackagesWithLockFile>false</RestorePackagesWithLockFile>
    <!-- FsCheck asks for an older FSharp.Core than the feed carries. -->
    <NoWarn>$(NoWarn);NU1603</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <ProjectReference Include="../AdminPortal.Domain/AdminPortal.Domain.csproj" />
    <PackageReference Include="FsCheck" />
    <PackageReference Include="Microsoft.NET.Test.Sdk" />
    <PackageReference Include="xunit" />
    <PackageReference Include="xunit.runner.visualstudio" PrivateAssets="all" />
    <Using Include="Xunit" />
  </ItemGroup>
</Project>
PROJECT

cat >"$copy/AdminPortal.Domain/Time/CanaryWatched.cs" <<'CANARY'
namespace AdminPortal.Domain.Time;

public static class CanaryWatched
{
    public static bool IsPositive(int number) => number > 0;
}
CANARY
cat >"$copy/AdminPortal.Domain/Time/CanaryUnwatched.cs" <<'CANARY'
namespace AdminPortal.Domain.Time;

public static class CanaryUnwatched
{
    public static bool IsPositive(int number) => number > 0;
}
CANARY
cat >"$copy/AdminPortal.Tests/Domain/CanaryTests.cs" <<'CANARY'
using AdminPortal.Domain.Time;

namespace AdminPortal.Tests.Domain;

public sealed class CanaryTests
{
    [Fact]
    public void Watched()
    {
        Assert.True(CanaryWatched.IsPositive(1));
        Assert.False(CanaryWatched.IsPositive(0));
    }

    [Fact]
    public void Unwatched() => _ = CanaryUnwatched.IsPositive(1);
}
CANARY

cd "$copy/AdminPortal.Tests"
dotnet tool restore >/dev/null
dotnet stryker --config-file stryker-config.json --output "$copy/report" --skip-version-check
cd - >/dev/null
[[ -z $report ]] || { mkdir -p "$report" && cp -r "$copy/report/." "$report/"; }

python3 - "$copy/report/reports/mutation-report.json" "$threshold" <<'SCORE'
import collections
import json
import os
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    files = json.load(file)["files"]
threshold = float(sys.argv[2])
statuses, canaries, survivors = collections.Counter(), {}, []
for path, content in files.items():
    name = os.path.basename(path)
    for mutant in content["mutants"]:
        if name.startswith("Canary"):
            canaries.setdefault(name, []).append(mutant["status"])
            continue
        statuses[mutant["status"]] += 1
        if mutant["status"] in ("Survived", "NoCoverage", "Timeout"):
            place = "/".join(path.split("/")[-2:])
            line = mutant["location"]["start"]["line"]
            survivors.append((place, line, mutant["status"], mutant["mutatorName"], " ".join(mutant["replacement"].split())[:90]))
watched = canaries.get("CanaryWatched.cs", [])
unwatched = canaries.get("CanaryUnwatched.cs", [])
if not watched or set(watched) != {"Killed"}:
    sys.exit(f"Stryker is blind: the watched canary is {watched or 'missing'}.")
if not unwatched or set(unwatched) != {"Survived"}:
    sys.exit(f"Stryker sees ghosts: the unwatched canary is {unwatched or 'missing'}.")
for survivor in sorted(survivors):
    print("%s:%d %s, %s: %s" % survivor)
counted = sum(n for status, n in statuses.items() if status not in ("Ignored", "CompileError"))
score = 100 * statuses["Killed"] / counted
print(dict(statuses))
print(f"{statuses['Killed']} of {counted} faults killed: {score:.1f} %, at least {threshold:.0f} % wanted")
sys.exit(score < threshold)
SCORE
