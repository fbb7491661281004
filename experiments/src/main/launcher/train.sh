#!/usr/bin/env bash
# Makes the AOT caches of one build for one Java: train.sh BUILD JAVA_HOME JAVA_BUILD
# A missing cache only costs start-up time, so every failure here is silent.
built=$1 java_home=$2 folder=$1/aot/$3 java_version=${3%%[!0-9]*}
mkdir -p "$built/aot"
mkdir "$folder" 2>/dev/null || exit 0 # made, or being made, by another
read -r class_path <"$built/classpath"
folder=$(cd "$folder" && pwd -P) || exit 0
work=$(mktemp -d /tmp/vini-train.XXXXXX) || exit 0 # short, for the sockets in it
trap 'rm -rf "$work" "$folder"/*.new "$folder"/*.conf' EXIT
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
XDG_RUNTIME_DIR=$work timeout 120 "$java_home/bin/java" "${flags[@]}" "-Dvini.train=$folder" \
  -XX:AOTMode=record "-XX:AOTConfiguration=$folder/cli.conf" \
  -cp "$class_path" vini.cli.Main train "$work"

# ... and each gets its cache from that.
for role in cli forwarder router; do
  [ -r "$folder/$role.conf" ] || continue
  flags_of $role
  timeout 120 "$java_home/bin/java" "${flags[@]}" -XX:AOTMode=create \
    "-XX:AOTConfiguration=$folder/$role.conf" "-XX:AOTCache=$folder/$role.new" \
    -cp "$class_path" && mv "$folder/$role.new" "$folder/$role.aot"
done
