#!/usr/bin/env bash
# What spectators cost the room: the ticks of two rooms of pilots, one watched by few and one by many at the same time, then the other way
# round, with silo and gateway as two processes. Prints one JSON line and fails when the ratio is above the bound.
set -euo pipefail

usage() {
    cat <<'EOF'
usage: benchmarks/spectators.sh [--pilots N] [--few N] [--many N] [--rounds R] [--history TICKS] [--bound RATIO]

  --pilots N    ships that fly in each room (100)
  --few N       spectators of the one room (10)
  --many N      spectators of the other (200)
  --rounds R    times that the rooms change places and back (2)
  --history T   Room:HistoryTicks (0, as outside Development: the history behind the state route writes and hashes the whole room in
                every tick, the rows of spectators included)
  --bound RATIO largest ratio of the medians of tickCpuP50Us, many to few (1.1)

tickCpuP50Us is the thread CPU time of a room tick, median of its last ten seconds (GET /api/admin/rooms). Both rooms are read at the same
moment of the same run: what the load does to a shared core slows both. The silo has core 0, gateway and load core 1. Takes about two
minutes. Build first: dotnet build -c Release.
EOF
}

pilots=100 few=10 many=200 rounds=2 history=0 bound=1.1
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) usage; exit 0 ;;
        --pilots) pilots=$2 ;;
        --few) few=$2 ;;
        --many) many=$2 ;;
        --rounds) rounds=$2 ;;
        --history) history=$2 ;;
        --bound) bound=$2 ;;
        *) echo "unknown option: $1" >&2; usage >&2; exit 2 ;;
    esac
    shift 2
done

root=$(cd "$(dirname "$0")/.." && pwd)
silo=$root/Silo/bin/Release/net10.0/Aetheris.Silo
gateway=$root/Gateway/bin/Release/net10.0/Aetheris.Gateway
cli=$root/Cli/bin/Release/net10.0/aetheris
for binary in "$silo" "$gateway" "$cli"; do
    [ -x "$binary" ] || { echo "not built: $binary (dotnet build -c Release)" >&2; exit 1; }
done
for tool in jq curl taskset; do
    command -v "$tool" >/dev/null || { echo "$tool is needed" >&2; exit 1; }
done

export DOTNET_ENVIRONMENT=Development ASPNETCORE_ENVIRONMENT=Development
work=$(mktemp -d)
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

await_ready() {
    for _ in $(seq 300); do
        grep -q '^ready ' "$1" && return
        kill -0 "$2" 2>/dev/null || break
        sleep 0.1
    done
    cat "$1" >&2
    exit 1
}

# start LOG PROGRAM ARGUMENTS…: its pid is in $started.
start() {
    local log=$1
    shift
    (cd "$work" && exec "$@" >"$log" 2>&1) &
    started=$!
    pids+=("$started")
}

cluster=(--Aetheris:Cluster:Mode=Localhost "--Aetheris:Cluster:GatewayPort=$(free_port)")
start "$work/silo.log" taskset -c 0 "$silo" "${cluster[@]}" "--Aetheris:Cluster:SiloPort=$(free_port)" --Aetheris:Cluster:HttpPort=0 --Aetheris:Demo:Pilots=0 "--Aetheris:Room:HistoryTicks=$history"
await_ready "$work/silo.log" "$started"
start "$work/gateway.log" taskset -c 1 "$gateway" "${cluster[@]}" --Aetheris:Gateway:UdpPort=0 --Aetheris:Gateway:HttpPort=0
await_ready "$work/gateway.log" "$started"
http=http://127.0.0.1:$(sed -n 's/^ready .*http=\([0-9]*\).*/\1/p' "$work/gateway.log")
token=$("$cli" token mint --role admin --name benchmark 2>/dev/null | tail -1)
rooms=("bots-watched-$$-a" "bots-watched-$$-b")

# Ten seconds are the window of the figure; the rest lets everybody in and lets the compilers finish.
phase=13 settle=25
total=$((settle + 2 * rounds * (phase + 7) + 20))
pilot_pids=()
for room in "${rooms[@]}"; do
    start "$work/$room.log" taskset -c 1 "$cli" bots --http "$http" --room "$room" --clients "$pilots" --decode 1 --warmup "$settle" --seconds "$total" --json
    pilot_pids+=("$started")
done

# figure ROOM FIELD
figure() { curl -sf -H "Authorization: Bearer $token" "$http/api/admin/rooms" | jq -r --arg room "$1" --arg field "$2" '.[] | select(.room == $room) | .[$field]'; }
for room in "${rooms[@]}"; do
    for _ in $(seq 300); do
        [ "$(figure "$room" players)" = "$pilots" ] && break
        sleep 0.2
    done
    [ "$(figure "$room" players)" = "$pilots" ] || { echo "the pilots of $room did not get in" >&2; tail -3 "$work/$room.log" >&2; exit 1; }
done

# watch ROOM COUNT: lets so many spectators watch for a phase; the pid is in $watcher.
watch() {
    taskset -c 1 "$cli" bots --http "$http" --room "$1" --clients "$2" --spectate --decode 1 --warmup 0 --seconds "$phase" --json >"$work/$1.json" 2>"$work/$1.watch" &
    watcher=$!
}

await_watchers() {
    for _ in $(seq 300); do
        grep -q '^measuring' "$work/$1.watch" && return
        kill -0 "$2" 2>/dev/null || break
        sleep 0.1
    done
    cat "$work/$1.watch" >&2
    exit 1
}

# Without the state route bots cannot compare their views and say so by their exit code; that everybody was there is what counts here.
check_watchers() {
    wait "$2" || true
    jq -e --argjson n "$3" '.connected == $n and .disconnects == 0' "$work/$1.json" >/dev/null || { echo "not every spectator watched $1" >&2; exit 1; }
}

# compare FEW_ROOM MANY_ROOM: one phase; appends the two figures.
compare() {
    local few_pid many_pid
    watch "$1" "$few"; few_pid=$watcher
    watch "$2" "$many"; many_pid=$watcher
    await_watchers "$1" "$few_pid"
    await_watchers "$2" "$many_pid"
    sleep $((phase - 1))
    few_us+=("$(figure "$1" tickCpuP50Us)")
    many_us+=("$(figure "$2" tickCpuP50Us)")
    echo "${few_us[-1]} µs with $few spectators, ${many_us[-1]} µs with $many" >&2
    check_watchers "$1" "$few_pid" "$few"
    check_watchers "$2" "$many_pid" "$many"
}

sleep "$settle"
few_us=() many_us=()
for _ in $(seq "$rounds"); do
    compare "${rooms[0]}" "${rooms[1]}"
    compare "${rooms[1]}" "${rooms[0]}"
done
for pid in "${pilot_pids[@]}"; do
    kill -0 "$pid" 2>/dev/null || { echo "pilots ended too early" >&2; exit 1; }
done

join() { local IFS=,; echo "[$*]"; }
result=$(jq -nc --argjson few "$(join "${few_us[@]}")" --argjson many "$(join "${many_us[@]}")" --argjson pilots "$pilots" \
    --argjson n_few "$few" --argjson n_many "$many" --argjson bound "$bound" \
    '{pilots: $pilots, few: $n_few, many: $n_many, few_us: $few, many_us: $many, ratio: (($many | add) / ($few | add) * 1000 | round / 1000), bound: $bound}')
echo "$result"
jq -e '.ratio <= .bound' <<<"$result" >/dev/null || { echo "the tick costs more than $bound times as much with $many spectators" >&2; exit 1; }
