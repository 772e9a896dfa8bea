# Runs a command that ends when standard input ends, which is when the parent closes it or is gone.
trap '' INT HUP
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
{
  trap - INT HUP
  while read -r _; do :; done <&3
  kill -TERM "$child" 2>/dev/null
  for _ in 1 2 3 4 5 6 7 8; do
    kill -0 "$child" 2>/dev/null || exit 0
    sleep 1
  done
  kill -KILL "$child" 2>/dev/null
} &
watcher=$!
exec 3<&-
wait "$child"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
