# What every script here starts with: the project's folder, a JDK 25, Maven. Sourced, not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ "$("$1/bin/javac" -version 2>&1 | sed -E 's/javac ([0-9]+).*/\1/')" -ge 25 ] 2>/dev/null
}

find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/*2[6-9]* "$HOME"/.sdkman/candidates/java/25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home /opt/*jdk*25*; do
    if [ -n "$home" ] && is_jdk_25 "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done
  if command -v javac > /dev/null; then
    home=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
    if is_jdk_25 "$home"; then
      export JAVA_HOME=$home
      return
    fi
  fi
  die "Urgency Shelf needs a JDK 25: install Temurin 25 (or any OpenJDK 25) and set JAVA_HOME to it."
}

# Installs a Debian package when that is possible here.
want() {
  local command=$1 package=$2
  command -v "$command" > /dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    say "installing $package"
    apt-get -o Acquire::Retries=0 -o Acquire::http::Timeout=20 update -qq > /dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" > /dev/null 2>&1 || true
  fi
}

# The same, but it cannot be done without: says what to install.
need() {
  want "$1" "$2"
  command -v "$1" > /dev/null || die "Urgency Shelf needs $1: install the package $2."
}

maven() {
  need mvn maven
  MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}" \
    mvn -B -ntp "$@"
}

APP=target/quarkus-app/quarkus-run.jar
# PostgreSQL with our empty tables is made once, and copied into the data folders that this build opens.
TABLES=$(cat src/main/resources/migrations/*.sql | cksum | cut -d ' ' -f 1)
export URGENCY_DATABASE_PREPARED="${URGENCY_DATABASE_PREPARED-$PWD/target/postgres-$TABLES}"
JVM_FLAGS=(-XX:+UseSerialGC -Xms64m -Xmx192m -XX:+UseCompactObjectHeaders
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

# Builds the application when a source is newer than the last build.
build() {
  if [ -f "$APP" ] && [ -f target/built ] \
    && [ -z "$(find src/main pom.xml -newer target/built -print -quit)" ]; then
    return
  fi
  say "building (the first time takes a minute or two)"
  local mark
  mark=$(mktemp)
  maven -q package > "$mark.log" 2>&1 || { cat "$mark.log" >&2; rm -f "$mark" "$mark.log"; die "the build failed"; }
  rm -f "$mark.log" target/app.aot
  mv "$mark" target/built
}

# Whether a shop on this machine answers with 200: answers PORT PATH. Without a program of its own: it is
# asked many times while a start is measured, and a machine may have no curl.
answers() (
  exec 9<> "/dev/tcp/127.0.0.1/$1"
  printf 'GET %s HTTP/1.0\r\n\r\n' "$2" >&9
  read -r -t 5 _ code _ <&9
  [ "$code" = 200 ]
) 2> /dev/null

# A start with the classes already linked takes about a second less (docs/benchmarks): one short
# training run after each build, until the first shelf, on a data folder of its own and ports that nobody uses.
train() {
  [ -f target/app.aot ] && return
  say "training the start-up cache"
  local port=$((20000 + RANDOM % 20000)) log=target/train.log pid tries=0
  rm -rf target/train
  : > "$log"
  env -i PATH="$PATH" HOME="$HOME" URGENCY_HTTP_PORT=$port URGENCY_DATA_FOLDER=target/train \
    URGENCY_DATABASE_PREPARED="$URGENCY_DATABASE_PREPARED" \
    "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" -XX:AOTCacheOutput=target/app.aot -jar "$APP" > "$log" 2>&1 &
  pid=$!
  until answers $port /api/shelf || ! kill -0 $pid 2> /dev/null || [ $((tries += 1)) -gt 600 ]; do sleep 0.1; done
  for path in / /cart /orders; do answers $port "$path" || true; done
  kill -TERM $pid 2> /dev/null || true
  wait $pid || true
  rm -rf target/train
}

# The flags of a start, with the cache where there is one.
java_flags() {
  FLAGS=("${JVM_FLAGS[@]}")
  [ -f target/app.aot ] && FLAGS+=(-XX:AOTCache=target/app.aot -Xlog:aot=off -Xlog:disable -Xlog:all=error:stderr)
  return 0
}

# Runs a driver of src/bench against the built application: drive CLASS ARGUMENTS...
# Compiled first: the launcher of sources compiles class by class, and a mistake would show in mid-run.
drive() {
  local drivers=target/drivers
  build
  train
  if [ ! -d "$drivers" ] || [ -n "$(find src/bench/java "$APP" -newer "$drivers" -print -quit)" ]; then
    rm -rf "$drivers"
    "$JAVA_HOME/bin/javac" -cp 'target/quarkus-app/lib/main/*' -d "$drivers" src/bench/java/urgency/bench/*.java
  fi
  "$JAVA_HOME/bin/java" "-Xmx${DRIVER_MEMORY:-512m}" -cp "$drivers:target/quarkus-app/lib/main/*" "urgency.bench.$@"
}

# Every command here says what it is for: its first lines.
case "${1:-}" in
  -h | --help)
    sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"
    exit 0
    ;;
esac

find_jdk
