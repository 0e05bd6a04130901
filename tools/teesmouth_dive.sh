#!/usr/bin/env bash
# Makes up a force and dives into it. A dive folder is never changed, so its own former one is taken away first; the
# force is made up anew each time too, because that takes less time than finding out whether it is the same.
set -euo pipefail
cd "$(dirname "$0")/.."
force=dives/teesmouth/force
out=dives/teesmouth/dive

leave_alone() {
    echo "$1 is there and holds $2, so it is left alone. Move it away and run make dive again." >&2
    exit 1
}
[ ! -e "$force" ] || [ -e "$force/MADE-UP-DATA.txt" ] || leave_alone "$force" "no made-up force"
[ ! -e "$out" ] || [ -e "$out/manifest.json" ] || leave_alone "$out" "no dive"
rm -rf "$force" "$out"
.venv/bin/wardline simulate --out "$force"
echo
.venv/bin/wardline dive examples/teesmouth/dive.yaml --out "$out"
echo
echo "The report is at $out/report.html: open it in a browser. Every record in it is made up."
