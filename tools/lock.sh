#!/usr/bin/env bash
# Writes requirements.lock: every package with its version and hashes, and no index address.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v uv >/dev/null || {
    echo "make lock needs uv (https://docs.astral.sh/uv/). Nothing else here does." >&2
    exit 1
}
uv pip compile pyproject.toml --extra workspace --group test --group bench --group mutate --group docs --group build --upgrade --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 --quiet -o requirements.lock
echo "requirements.lock holds $(grep -c '^[a-z0-9].*==' requirements.lock) packages."
