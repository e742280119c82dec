#!/usr/bin/env bash
# Builds the jars without tests and lays them out in dist/: lib/*.jar, the two class paths, and the ahead-of-time caches.
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd -P)
. "$home/.mvn/jdk.sh"
find_jdk
dist="$home/dist"
mkdir -p "$dist"
exec 9>"$dist/.lock"
flock 9 2>/dev/null || true
started=$(mktemp "$dist/.started.XXXXXX")
trap 'rm -f "$started"' EXIT

if [ "${1:-}" != --no-compile ]; then
  echo "Building Cinnabar (once; a first build also fetches the libraries from Maven Central) ..."
  "$home/mvnw" -q -B -ntp -f "$home/pom.xml" -pl cli -am -DskipTests -Dspotless.check.skip -Dmaven.test.skip=true -Dcompiler.strict=-Xlint:none package
fi

rm -rf "$dist/lib.new"
mkdir -p "$dist/lib.new"
cp "$home"/cli/target/lib/*.jar "$home"/cli/target/cinnabar-cli-*.jar "$dist/lib.new/"
# picocli is compiled for Java 5, which the ahead-of-time caches below do not take; as it is it works too, only slower.
"$JAVA_HOME/bin/java" "$home/.mvn/Frames.java" "$(echo "$dist"/lib.new/picocli-*.jar)" >/dev/null 2>&1 || rm -f "$dist"/lib.new/*.new
rm -rf "$dist/lib"
mv "$dist/lib.new" "$dist/lib"

join() { local IFS=:; echo "$*"; }
join "$dist"/lib/cinnabar-{cli,label,review,ledger}-*.jar "$dist"/lib/picocli-*.jar "$dist"/lib/re2j-*.jar "$dist"/lib/jackson-core-*.jar "$dist"/lib/jspecify-*.jar "$dist"/lib/bcprov-*.jar | sed 's#:[^:]*\*[^:]*##g' >"$dist/light.path"
join "$dist"/lib/*.jar >"$dist/server.path"

# Ahead-of-time caches of the classes that a short command and a server load; without them everything works, only slower. They are trained by doing the
# work once: the short commands on small files, the server by the whole tour.
cache() { # NAME OPTIONS... : trains dist/NAME.aot
  local name=$1
  shift
  "$JAVA_HOME/bin/java" -XX:AOTCacheOutput="$dist/$name.aot" -Xlog:disable -Djava.awt.headless=true --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -cp "$(cat "$dist/$name.path")" "$@" >/dev/null 2>&1 || rm -f "$dist/$name.aot"
}
rm -f "$dist"/*.aot
sample="$dist/.sample"
rm -rf "$sample"
mkdir -p "$sample"
cache light -XX:+UseSerialGC -XX:TieredStopAtLevel=1 dev.cinnabar.cli.Warm "$sample"
rm -rf "$sample"
cache server dev.cinnabar.cli.Main try
touch -r "$started" "$dist/built"
