# Sourced by ./serve and ./test, which set $root and $me: finds a JDK and Maven. POSIX sh.

fail() {
  echo "$me: $1" >&2
  exit 1
}

# Major version of a java program, 0 when it is none.
java_version() {
  "$1" -version 2>&1 | awk -F '"' '/version/ { split($2, part, /[.+-]/); print (part[1] == 1 ? part[2] : part[1]); found = 1; exit }
    END { if (!found) print 0 }'
}

# Sets JAVA_HOME to the first JDK of at least 17: the one named by JAVA_HOME, that on the PATH, the usual places.
find_java() {
  seen=
  for java in "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java || true)" \
    /usr/lib/jvm/*/bin/java /opt/java/*/bin/java /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java \
    "$HOME"/.sdkman/candidates/java/*/bin/java "$HOME"/.jdks/*/bin/java; do
    [ -n "$java" ] && [ -x "$java" ] || continue
    version=$(java_version "$java")
    if [ "$version" -ge 17 ] 2>/dev/null; then
      JAVA_HOME=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
      export JAVA_HOME
      return
    fi
    case $seen in *", $java is "*) ;; *) seen="$seen, $java is $version" ;; esac
  done
  fail "Java 17 or newer is needed${seen:-, and none was found}; install a JDK and set JAVA_HOME"
}

# Sets maven to the wrapper, or to an installed Maven where the wrapper cannot get its own.
find_maven() {
  [ -x "$JAVA_HOME/bin/javac" ] || fail "a JDK is needed to build, and $JAVA_HOME has no compiler; install one and set JAVA_HOME"
  if (cd "$root" && ./mvnw -v) >/dev/null 2>&1; then
    maven=./mvnw
  elif command -v mvn >/dev/null; then
    maven=mvn
  else
    fail "Maven cannot be downloaded by ./mvnw, and no mvn is installed"
  fi
}

show_progress() {
  told=
  while IFS= read -r line; do
    case $line in
      '[INFO] Building '*\[*/*\]) echo "$line" | sed 's/^.INFO. Building \([^ ]*\).*\(\[.*\]\)$/  \1 \2/' ;;
      *'Downloading from '*)
        [ -n "$told" ] || echo "  fetching libraries, which takes some minutes the first time"
        told=yes
        ;;
    esac
  done
}

# run_maven LOG ARGUMENTS...: one line a module to standard output, everything into LOG. Returns Maven's status.
run_maven() {
  log=$1
  shift
  mkdir -p "$(dirname "$log")"
  {
    (cd "$root" && $maven -B "$@" 2>&1)
    echo "status $?"
  } | tee "$log" | show_progress
  [ "$(tail -n 1 "$log")" = "status 0" ]
}
