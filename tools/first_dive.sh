#!/usr/bin/env bash
# Dives into examples/first-dive. A dive folder is never changed, so its own former one is taken away first.
set -euo pipefail
cd "$(dirname "$0")/.."
out=dives/first-dive
if [ -e "$out" ] && [ ! -e "$out/manifest.json" ]; then
    echo "$out is there and holds no dive, so it is left alone. Move it away and run make dive again." >&2
    exit 1
fi
rm -rf "$out"
.venv/bin/wardline dive examples/first-dive/dive.yaml --out "$out"
echo
echo "The report is at $out/report.html: open it in a browser. Every record in it is made up."
