# Sourced by cinnabar and build: find_jdk sets JAVA_HOME to a JDK of at least 25, or says what to install and exits with 3.
jdk_major() {
  local line
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || { echo 0; return; }
  line=$(grep -m1 '^JAVA_VERSION=' "$1/release") || { echo 0; return; }
  line=${line#*\"}
  line=${line%%[.\"+-]*}
  case "$line" in '' | *[!0-9]*) echo 0 ;; *) echo "$line" ;; esac
}

find_jdk() {
  local candidate from_path
  from_path=$(command -v javac 2>/dev/null || true)
  [ -n "$from_path" ] && from_path=$(readlink -f "$from_path") && from_path=${from_path%/bin/javac}
  for candidate in "${JAVA_HOME:-}" "$from_path" /usr/lib/jvm/*25* /usr/lib/jvm/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$candidate" ] && [ -d "$candidate" ] && [ "$(jdk_major "$candidate")" -ge 25 ]; then
      export JAVA_HOME=$candidate
      return 0
    fi
  done
  cat >&2 <<'MSG'
Cinnabar needs a JDK 25 or newer, and found none in JAVA_HOME, on the PATH, in /usr/lib/jvm or in SDKMAN.
Install one, for example:
  Debian, Ubuntu   apt-get install temurin-25-jdk      (from the packages of adoptium.net)
  SDKMAN           sdk install java 25-tem
  macOS            brew install --cask temurin@25
or set JAVA_HOME to one that is already there.
MSG
  exit 3
}
