#!/bin/sh
# Renders the program's icon in the sizes that desktops and the window ask for. Needs rsvg-convert (Debian: librsvg2-bin).
set -eu
cd "$(dirname "$0")"
window=../app/desktop/src/main/resources/org/deadletteroffice/desktop/icons
mkdir -p "$window"
for size in 16 32 48 64 128 256; do
  source=app/dead-letter-office.svg
  [ "$size" -gt 32 ] || source=app/dead-letter-office-small.svg
  rsvg-convert -w "$size" -h "$size" "$source" -o "$window/app-$size.png"
done
cp "$window/app-256.png" app/dead-letter-office-256.png
