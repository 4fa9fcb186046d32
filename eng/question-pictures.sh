#!/usr/bin/env bash
# Draws the pictures of the starter questions anew: eng/question-pictures.sh
#
# Chromium turns each drawing of eng/QuestionPictures into a PNG of the size it names, with few colours (pack.js). The files land beside
# the starter questions and are kept in git, so that Chromium is not needed to build the product. A picture that is changed is another
# picture to every bank that has the old one: give it another name, and its question a new version.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/install.sh
source eng/install.sh

need_chromium

chromium=${ADMINPORTAL_CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
target=AdminPortal.Domain/Questions/Data/Pictures
mkdir -p "$target"
page=$(mktemp --suffix=.html)
trap 'rm -f "$page"' EXIT

for drawing in eng/QuestionPictures/*.svg; do
  {
    echo '<!doctype html><pre></pre><script type="module">'
    sed 's/^export //' eng/QuestionPictures/pack.js
    echo "document.querySelector('pre').textContent = await pack('$(base64 -w0 "$drawing")');"
    echo '</script>'
  } >"$page"
  "$chromium" --headless --no-sandbox --disable-gpu --no-first-run --virtual-time-budget=5000 --dump-dom "file://$page" 2>/dev/null |
    sed -n 's/.*<pre>\(.*\)<\/pre>.*/\1/p' | base64 -d >"$target/$(basename "$drawing" .svg).png"
done
ls -l "$target"
