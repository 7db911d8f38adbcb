#!/usr/bin/env bash
# The examiner of the browser modules: TypeScript reads their JSDoc and compiles nothing.
source "$(dirname "$0")/setup.sh"
source bin/web-tools.sh
web_tools
web-check/node_modules/.bin/tsc --project web-check/tsconfig.json
