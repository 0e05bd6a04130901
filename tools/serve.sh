#!/usr/bin/env bash
# Serves the demonstration: made the first time, used again afterwards. The command says what it is doing.
set -euo pipefail
cd "$(dirname "$0")/.."
exec .venv/bin/wardline workspace demonstration dives/demonstration
