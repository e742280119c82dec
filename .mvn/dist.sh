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
rm -rf "$dist/lib"
mv "$dist/lib.new" "$dist/lib"

join() { local IFS=:; echo "$*"; }
join "$dist"/lib/cinnabar-{cli,label,review,ledger}-*.jar "$dist"/lib/picocli-*.jar "$dist"/lib/re2j-*.jar "$dist"/lib/jackson-core-*.jar "$dist"/lib/jspecify-*.jar "$dist"/lib/bcprov-*.jar | sed 's#:[^:]*\*[^:]*##g' >"$dist/light.path"
join "$dist"/lib/*.jar >"$dist/server.path"

# An ahead-of-time cache of the classes that a short command loads; without one everything works, only slower.
rm -f "$dist/light.aot"
sample="$dist/.sample"
rm -rf "$sample"
mkdir -p "$sample"
printf 'hello\n' >"$sample/a.md"
if "$JAVA_HOME/bin/java" -XX:AOTCacheOutput="$dist/light.aot" -Xlog:disable -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.awt.headless=true \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp "$(cat "$dist/light.path")" dev.cinnabar.cli.Warm "$sample" >/dev/null 2>&1; then :; else rm -f "$dist/light.aot"; fi
rm -rf "$sample"
touch -r "$started" "$dist/built"
