#!/usr/bin/env bash
# Makes the AOT caches of one build for one Java: train.sh STORE BUILD JAVA_HOME JAVA_BUILD [now]
# A missing cache only costs start-up time, so every failure here is silent.
store=$1 built=$2 java_home=$3 made=$2/aot/$4 java_version=${4%%[!0-9]*}

# One of these at a time: without "now", another one that waits or works will do.
exec 7>>"$store/training" || exit 0
if [ "${5:-}" = now ]; then patience=(-w 120); else patience=(); fi
flock "${patience[@]--n}" 7 || exit 0
# Not beside a measurement: see the launcher. With a slice in the background it is left to a later command.
exec 8>>"$store/quiet" || exit 0
flock ${patience[@]+"${patience[@]}"} 8 || exit 0
ours=$(grep -lsaF "$store/builds/" /proc/[0-9]*/cmdline) && grep -qsaF vini.forwarder.io.ForwarderMain $ours && exit 0
[ ! -e "$made" ] && [ -r "$built/classpath" ] || exit 0

# The folder gets its name when it is whole, so that one which was broken off is made anew.
folder=$built/aot/new
rm -rf "$folder"
mkdir -p "$folder" || exit 0
read -r class_path <"$built/classpath"
work=$(mktemp -d /tmp/vini-train.XXXXXX) || exit 0 # short, for the sockets in it
trap 'rm -rf "$work" "$folder"' EXIT
trap 'exit 130' INT TERM

flags_of() { # ROLE
  local who release flag
  flags=()
  while read -r who release flag; do
    case $who in "$1" | all) [ "$release" != any ] && [ "$release" != "$java_version" ] || flags+=("$flag") ;; esac
  done <"$built/jvm.options"
}

# One run of a small experiment records what the three processes of a slice load ...
flags_of cli
XDG_RUNTIME_DIR=$work timeout --foreground 120 "$java_home/bin/java" "${flags[@]}" "-Dvini.train=$folder" \
  -XX:AOTMode=record "-XX:AOTConfiguration=$folder/cli.conf" \
  -cp "$class_path" vini.cli.Main train "$work"

# ... and each gets its cache from that.
for role in cli forwarder router; do
  [ -r "$folder/$role.conf" ] || continue
  flags_of $role
  timeout --foreground 120 "$java_home/bin/java" "${flags[@]}" -XX:AOTMode=create \
    "-XX:AOTConfiguration=$folder/$role.conf" "-XX:AOTCache=$folder/$role.aot" \
    -cp "$class_path" || rm -f "$folder/$role.aot"
done
rm -f "$folder"/*.conf*
mv -T "$folder" "$made"
