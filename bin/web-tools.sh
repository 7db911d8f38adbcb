# The examiners of the pages, as npm has them; kept beside target, since that is cleaned. Sourced.
web_tools() {
  need node nodejs
  need npm npm
  local folder=${1:-web-check}
  local mark=$folder/node_modules/.installed
  [ -f "$mark" ] && cmp -s "$folder/package-lock.json" "$mark" && return
  say "installing the examiners in $folder"
  npm ci --prefix "$folder" --no-audit --no-fund --silent
  cp "$folder/package-lock.json" "$mark"
}

# Builds the shop; SHOP_COMMAND is how the examiners start it.
shop_for_pages() {
  command -v chromium-browser google-chrome-stable google-chrome > /dev/null || need chromium chromium
  build
  java_flags
  web_tools
  SHOP_COMMAND=$(node -p 'JSON.stringify(process.argv.slice(1))' -- "$JAVA_HOME/bin/java" "${FLAGS[@]}" -jar "$APP")
  export SHOP_COMMAND
}
