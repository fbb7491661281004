#!/usr/bin/env bash
# Makes the AOT caches of one build for one Java: train.sh BUILD JAVA_HOME JAVA_BUILD
# A missing cache only costs start-up time, so every failure here is silent.
built=$1 java_home=$2 folder=$1/aot/$3
mkdir -p "$built/aot"
mkdir "$folder" 2>/dev/null || exit 0 # made, or being made, by another
read -r class_path <"$built/classpath"
train() { # ROLE MAIN ARGUMENT...
  local role=$1 flags=() who release flag
  shift
  while read -r who release flag; do
    case $who in "$role" | all) flags+=("$flag") ;; esac
  done <"$built/jvm.options"
  timeout 60 "$java_home/bin/java" "${flags[@]}" "-XX:AOTCacheOutput=$folder/$role.new" \
    -cp "$class_path" "$@" && mv "$folder/$role.new" "$folder/$role.aot"
  rm -f "$folder/$role.new"*
}
train cli vini.cli.Main train
