#!/usr/bin/env bash
# Builds vini for the launcher: build.sh CHECKOUT STORE JAVA_HOME
# It builds a copy of the sources, unlinted: so Maven in the checkout still lints all of it, and a
# checkout that may not be written will do. A build is a folder of its own under STORE/builds and is
# never changed again; STORE/current points at the newest. So a slice that runs keeps its jars when somebody updates the checkout.
set -u
root=$1 store=$2 java_home=$3
work=$store/checkout

say() { printf '%s\n' "$@" >&2; }

command -v mvn >/dev/null || {
  say "vini is not built yet, and building needs Maven 3.8 or newer (Debian: apt install maven)"
  exit 3
}
[ -x "$java_home/bin/javac" ] || {
  say "vini is not built yet, and $java_home is a runtime without a compiler: install a JDK 25"
  exit 3
}
mkdir -p "$store" || exit 3

fresh() {
  [ -e "$store/current/stamp" ] && [ -z "$(find "$root"/pom.xml "$root"/.mvn "$root"/*/pom.xml \
    "$root"/*/src/main -newer "$store/current/stamp" -print -quit)" ]
}

exec 9>"$store/lock"
if ! flock -n 9; then
  say "another vini is building; waiting for it"
  flock 9
  fresh && exit 0
fi
why="first use"
[ ! -e "$store/current/stamp" ] || why="sources changed"
: >"$store/started" # what changes from here on is newer than this build

# What an earlier build made is of use, if it came to its end.
[ -e "$work/whole" ] || rm -rf "$work"
rm -rf "$work"/pom.xml "$work"/.mvn "$work"/*/{pom.xml,src,target/lib} "$work/whole"
mkdir -p "$work" || exit 3
(cd "$root" && cp -r --preserve=timestamps --parents pom.xml .mvn */pom.xml */src/main "$work") || exit 3

# The compiler works within Maven's own process, five times without a cold start, and for a run of
# seconds the first compiler of the JVM is enough. A ~/.mavenrc could choose an older Java.
export JAVA_HOME=$java_home MAVEN_SKIP_RC=true
export MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}"
options=(-B -ntp -Dstyle.color=never -Dvini.launcher -Dmaven.test.skip=true)

SECONDS=0
printf 'building vini (%s) ' "$why" >&2
(cd "$work" && exec mvn "${options[@]}" package) </dev/null >"$store/build.log" 2>&1 9>&- &
maven=$! dots=
trap 'kill $maven $dots 2>/dev/null; wait 2>/dev/null; say ""; exit 130' INT TERM
while kill -0 $maven 2>/dev/null; do
  printf . >&2
  read -rt 1 <> <(:) || :
done 9>&- &
dots=$!
wait $maven
status=$?
kill $dots 2>/dev/null
wait $dots 2>/dev/null
if [ $status != 0 ]; then
  say " failed after $SECONDS s" ""
  grep -E '^\[(ERROR|WARNING)\]|^[^[]' "$store/build.log" | grep -v '^WARNING: ' |
    sed "s|$work/|$root/|g" | head -n 40 >&2
  say "" "the whole log: $store/build.log"
  grep -q 'COMPILATION ERROR' "$store/build.log" && exit 4
  exit 3
fi

: >"$work/whole"
name=builds/$(date -u +%Y%m%d-%H%M%S)-$$
built=$store/$name
mkdir -p "$built/lib"
cp "$work"/experiments/target/lib/*.jar "$work"/experiments/target/vini-experiments-*.jar "$built/lib/"
cp "$work"/experiments/src/main/launcher/train.sh "$work"/overlay/src/main/resources/vini/overlay/host/jvm.options "$built/"
# picocli is in the form of Java 5, which no AOT cache takes: half the time of every command.
for jar in "$built"/lib/picocli-*.jar; do
  "$java_home/bin/java" "$work/experiments/src/main/launcher/RenewClasses.java" "$jar" "$built/renewed" \
    >/dev/null 2>&1 && mv "$built/renewed" "$jar"
done
rm -f "$built/renewed"
# Our own jars first, then the rest by name: the caches of the JVM want the same order each time.
class_path=
for jar in $(cd "$built/lib" && { ls vini-*.jar; ls | grep -v '^vini-'; } | LC_ALL=C awk '!seen[$0]++'); do
  class_path+=${class_path:+:}$built/lib/$jar
done
printf '%s\n' "$class_path" >"$built/classpath"
touch -r "$store/started" "$built/stamp"

: >>"$store/quiet"
ln -sfn "$name" "$store/current.new" && mv -T "$store/current.new" "$store/current"
say " $SECONDS s"

# Older builds go, but for the last two and those that a process still runs from.
ls -d "$store"/builds/*/ | LC_ALL=C sort | head -n -2 | while read -r old; do
  grep -qsaF "${old%/}/lib" /proc/[0-9]*/cmdline || rm -rf "$old"
done
exit 0
