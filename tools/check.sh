#!/usr/bin/env bash
# Runs every static check, also after one that found something, and counts.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
with_findings=0

check() {
    local what=$1
    shift
    printf '== %s\n' "$what"
    "$@" || with_findings=$((with_findings + 1))
}

check "format (make format puts it right)" $bin/ruff format --check --output-format concise .
check "lint" $bin/ruff check --quiet .
check "types" $bin/mypy --no-error-summary
check "imports point one way" $bin/lint-imports --no-logo
check "shell scripts parse" bash -n tools/*.sh .ci/run

if [ "$with_findings" -gt 0 ]; then
    printf '\n%s of 5 checks found something.\n' "$with_findings"
    exit 1
fi
printf '\nAll 5 checks found nothing.\n'
