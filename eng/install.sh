#!/usr/bin/env bash
# What eng/run.sh and eng/test.sh need on the machine. Sourced by both.

need_dotnet() {
  if ! command -v dotnet >/dev/null; then
    echo "The .NET 10 SDK is missing (see global.json): install it and put 'dotnet' on the PATH." >&2
    exit 1
  fi
  if ! dotnet --version >/dev/null 2>&1; then
    echo "No installed .NET SDK fits global.json ($(sed -n 's/.*"version": "\(.*\)".*/\1/p' global.json) or a later 10.0 one): install it." >&2
    exit 1
  fi
}

# Debian's packages as root; elsewhere (or when that fails) one clear line.
install_packages() {
  local what=$1
  shift
  if [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing $*" >&2
    export DEBIAN_FRONTEND=noninteractive
    if { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } >&2; then
      return
    fi
  fi
  echo "$what is missing: install it (Debian and Ubuntu: sudo apt-get install $*) and run this again." >&2
  exit 1
}

has_postgres() {
  local folder
  for folder in ${PATH//:/ } /usr/lib/postgresql/*/bin /usr/pgsql-*/bin \
    /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin \
    /Applications/Postgres.app/Contents/Versions/*/bin "/c/Program Files/PostgreSQL"/*/bin; do
    if [[ (-x $folder/initdb && -x $folder/pg_ctl) || -x $folder/initdb.exe ]]; then
      return 0
    fi
  done
  return 1
}

has_chromium() {
  [[ -n ${ADMINPORTAL_CHROMIUM:-} && -x ${ADMINPORTAL_CHROMIUM:-} ]] ||
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}

has_chinese_font() {
  if command -v fc-list >/dev/null; then
    [[ -n $(fc-list :lang=zh family) ]]
  else
    [[ $(uname -s) != Linux ]]
  fi
}

need_postgres() { has_postgres || install_packages "PostgreSQL (14 or later)" postgresql; }
need_chromium() { has_chromium || install_packages "Chromium" chromium; }
need_chinese_font() { has_chinese_font || install_packages "A Chinese font" fontconfig fonts-wqy-microhei; }

# The tests draw pages faster without a browser's own window; without it they use Chromium itself.
want_headless_shell() {
  if [[ ! -x /usr/bin/chromium-headless-shell && $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null 2>&1 || true
  fi
}
