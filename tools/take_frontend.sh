#!/usr/bin/env bash
# Takes GOV.UK Frontend and htmx from their npm packages into the workspace, where they are kept (needs npm; nothing else does).
# The version of GOV.UK Frontend is the one that govuk-frontend-jinja writes its templates for.
set -euo pipefail
cd "$(dirname "$0")/.."
GOVUK_FRONTEND=6.3.0
HTMX=2.0.11
SASS=1.108.2
kept=$PWD/src/wardline_workspace/static

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-save "govuk-frontend@$GOVUK_FRONTEND" "htmx.org@$HTMX" "sass@$SASS"

# An oversight body's office is not on GOV.UK: no font and no crown of theirs.
cat >office.scss <<'SCSS'
@use "node_modules/govuk-frontend/dist/govuk" with (
  $govuk-include-default-font-face: false,
  $govuk-font-family: (Arial, Helvetica, sans-serif),
  $govuk-suppressed-warnings: (),
);
SCSS
node_modules/.bin/sass --style=compressed --no-source-map --quiet-deps office.scss "$kept/govuk-frontend/govuk-frontend.min.css"
sed -i 's@url("/assets/images/govuk-crest.svg")@none@g' "$kept/govuk-frontend/govuk-frontend.min.css"
sed 's@//# sourceMappingURL=.*@@' node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js >"$kept/govuk-frontend/govuk-frontend.min.js"
# Its npm package says MIT and holds no text of it; LICENSE.txt beside these files is the text of its repository.
echo "$GOVUK_FRONTEND" >"$kept/govuk-frontend/VERSION.txt"
cp node_modules/htmx.org/dist/htmx.min.js "$kept/htmx/htmx.min.js"
cp node_modules/htmx.org/LICENSE "$kept/htmx/LICENSE.txt"
echo "$HTMX" >"$kept/htmx/VERSION.txt"
echo "Kept in src/wardline_workspace/static: GOV.UK Frontend $GOVUK_FRONTEND and htmx $HTMX."
