#!/usr/bin/env bash
# The examiner of the browser modules: TypeScript reads their JSDoc and compiles nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p target/web-check
cp web-check/package.json target/web-check/
[ -d target/web-check/node_modules/typescript ] || npm install --prefix target/web-check --no-audit --no-fund --silent --no-save
target/web-check/node_modules/.bin/tsc --project web-check/tsconfig.json
