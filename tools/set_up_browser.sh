#!/usr/bin/env bash
# Finds or fetches the Chromium that the browser tests look through.
set -euo pipefail
cd "$(dirname "$0")/.."

has_chromium() {
    [ -x /usr/bin/chromium ] || .venv/bin/python - <<'PYTHON'
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    sys.exit(not Path(playwright.chromium.executable_path).exists())
PYTHON
}

has_chromium && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Set-up: installing Debian's Chromium for the browser tests."
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium) >/dev/null 2>&1 || true
    [ -x /usr/bin/chromium ] && exit 0
fi

echo "Set-up: fetching a Chromium for the browser tests."
.venv/bin/python -m playwright install chromium && has_chromium && exit 0

echo "Set-up: no Chromium could be had, so the browser tests cannot run.
Install one (on Debian: sudo apt-get install chromium) and run make again." >&2
exit 1
