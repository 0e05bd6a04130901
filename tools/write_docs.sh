#!/usr/bin/env bash
# Writes the generated pages again; an error, with the difference, if one of them changed.
set -euo pipefail
cd "$(dirname "$0")/.."
generated=(docs)
before=$(git status --porcelain -- "${generated[@]}"; git diff -- "${generated[@]}" | sha256sum)
.venv/bin/python -m tools.write_docs
after=$(git status --porcelain -- "${generated[@]}"; git diff -- "${generated[@]}" | sha256sum)
if [ "$before" != "$after" ]; then
    git --no-pager diff --stat -- "${generated[@]}"
    git status --porcelain -- "${generated[@]}"
    echo "Generated pages were not up to date; they are now. Look at them and commit them." >&2
    exit 1
fi
echo "Every generated page is up to date."
