#!/usr/bin/env bash
# Writes the generated pages again; an error, with the difference, if one of them changed. Then builds the site.
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

.venv/bin/python -m sphinx --quiet --nitpicky --fail-on-warning --conf-dir docs --doctree-dir build/doctrees . build/site
echo "The site is in build/site. To read it: .venv/bin/python -m http.server --directory build/site"
