#!/usr/bin/env bash
# Makes the videos of the study text anew from eng/StudyVideo: eng/study-video.sh [name ...]
#
# Chromium draws the frames and writes the captions, ffmpeg puts the frames together: H.264 baseline, which telephones have played
# since 2010. The files land in AdminPortal.Data/Sections/Shipped and are kept in git, so that neither is needed to build the product.
# To look at a picture without either: open eng/StudyVideo/video.html?video=points-cycle&at=12 in a browser.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/install.sh
source eng/install.sh

need_chromium
need_chinese_font
command -v ffmpeg >/dev/null || install_packages "ffmpeg" ffmpeg

chromium=${ADMINPORTAL_CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
target=AdminPortal.Data/Sections/Shipped
mkdir -p "$target"

# A part of a video as the page gives it: base64 in the only <pre> there is.
part() {
  "$chromium" --headless --no-sandbox --disable-gpu --no-first-run --dump-dom \
    "file://$PWD/eng/StudyVideo/video.html?video=$1&part=$2" 2>/dev/null |
    sed -n 's/.*<pre>\(.*\)<\/pre>.*/\1/p' | base64 -d
}

encode() { ffmpeg -hide_banner -loglevel error -y -fflags +bitexact "$@"; }

if [[ $# -eq 0 ]]; then
  set -- points-cycle who-goes-first
fi
frames=$(mktemp)
trap 'rm -f "$frames"' EXIT
for name in "$@"; do
  part "$name" zh >"$target/$name.zh.vtt"
  part "$name" en >"$target/$name.en.vtt"
  part "$name" frames >"$frames"
  # One thread, so that the same frames give the same file. A whole picture every five seconds, for jumping; the index in front, so
  # that playing begins before all is there.
  encode -f image2pipe -framerate 15 -c:v png -i "$frames" -an -c:v libx264 -threads 1 -profile:v baseline -level 3.0 \
    -pix_fmt yuv420p -preset veryslow -tune animation -crf 26 -g 75 -flags:v +bitexact -movflags +faststart "$target/$name.mp4"
  encode -ss 3.5 -i "$target/$name.mp4" -frames:v 1 -update 1 \
    -vf 'scale=480:-2:flags=area,split[a][b];[a]palettegen=max_colors=32[p];[b][p]paletteuse=dither=none' "$target/$name.png"
  ls -l "$target/$name".*
done
