# Sourced by bench/run and bench/soak: finds what they need, builds the bench, ends what was started.
# Sets ROOT, WORK, JAVA.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export PATH="$PATH:/usr/sbin:/usr/local/sbin"

say() { echo "bench: $*" >&2; }
die() { say "$*"; exit 1; }

is_java_25() {
  local major
  [ -x "$1" ] || return 1
  major=$("$1" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p')
  [ "${major:-0}" -ge 25 ]
}

find_java() {
  local candidate
  for candidate in "${JAVA_HOME:-/none}/bin/java" "$(command -v java || true)" \
      /usr/lib/jvm/*/bin/java "$HOME"/.sdkman/candidates/java/*/bin/java; do
    if is_java_25 "$candidate"; then echo "$candidate"; return; fi
  done
  die "needs a JDK 25 or later (JAVA_HOME, PATH, /usr/lib/jvm or sdkman)"
}

build() {
  say "building"
  (cd "$ROOT" && ./mvnw -q -B -pl bench package -DskipTests) || die "the bench does not build"
}

# A process is ended only if this run wrote its id down, and it is still a child program of this run's making.
end_children() {
  local pid signal
  [ -f "$WORK/pids" ] || return 0
  for signal in TERM KILL; do
    while read -r pid; do kill -"$signal" "$pid" 2>/dev/null; done <"$WORK/pids"
    [ "$signal" = TERM ] && sleep 1
  done
  return 0
}

finish() {
  local status=$?
  trap - EXIT INT TERM
  if [ -n "${MAIN:-}" ]; then kill "$MAIN" 2>/dev/null; wait "$MAIN" 2>/dev/null; fi
  end_children
  if [ "$status" -eq 0 ] && [ -z "${BENCH_KEEP:-}" ]; then
    rm -rf "$WORK"
  else
    say "logs are in $WORK"
  fi
  exit "$status"
}

# Runs the bench's JVM in the background, so that a signal reaches this script at once.
bench_java() {
  "$JAVA" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xms256m -Xmx512m -Xmn8m \
    -cp "$ROOT/bench/target/classes:$ROOT/bench/target/lib/*" dev.ebbgate.bench.Main "$@" &
  MAIN=$!
  wait "$MAIN"
}

JAVA=$(find_java) || exit 1
WORK=$(mktemp -d "${TMPDIR:-/tmp}/ebbgate-bench.XXXXXX")
chmod 755 "$WORK"
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
