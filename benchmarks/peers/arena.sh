#!/usr/bin/env bash
# Our arena beside a peer's, interleaved on one machine: N ships, everybody sees everybody, 60 Hz, one input per client and tick.
# One JSON line per run on stdout; a table of medians at the end on stderr.
set -euo pipefail

usage() {
    cat <<'EOF'
usage: benchmarks/peers/arena.sh [--clients N] [--seconds S] [--warmup S] [--rounds R] [--moving F] [--decode N] [--peer RUN_SH] [--runs FILE]

  --clients N   clients and ships (100)
  --seconds S   measured seconds of each run (20)
  --rounds R    rounds of ours and the peer's in turn (3)
  --warmup S    seconds before that, in which a just-in-time compiler may compile; the peer gets them as WARM (10)
  --moving F    fraction of ships that move (1)
  --decode N    clients of ours that decode the world; the peer's harness decodes in PROBES of its clients (all)
  --peer FILE   the peer's harness: called as `FILE N SECONDS MOVING`, once with LOOP=manual and once with LOOP=fixed;
                prints one JSON line with server_cpu_s_per_s, client_cpu_s_per_s, payload_Bps_per_client, lat_ms_p50, lat_ms_p99. Without it only ours runs.
  --runs FILE   append the runs to FILE and take the medians over all of FILE, so that rounds may be run one by one

A run during which anything else used more than 0.05 core is void: it is printed and left out of the medians. The server is pinned to core 0 and the load to core 1, as the peer's harness does. Build first: dotnet build -c Release.
EOF
}

clients=100 seconds=20 warmup=10 rounds=3 moving=1 decode='' peer='' runs=''
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) usage; exit 0 ;;
        --clients) clients=$2 ;;
        --seconds) seconds=$2 ;;
        --rounds) rounds=$2 ;;
        --moving) moving=$2 ;;
        --warmup) warmup=$2 ;;
        --decode) decode=$2 ;;
        --runs) runs=$(realpath -m "$2") ;;
        --peer) peer=$2 ;;
        *) echo "unknown option: $1" >&2; usage >&2; exit 2 ;;
    esac
    shift 2
done

root=$(cd "$(dirname "$0")/../.." && pwd)
server=$root/Standalone/bin/Release/net10.0/Aetheris.Standalone
cli=$root/Cli/bin/Release/net10.0/aetheris
for binary in "$server" "$cli"; do
    [ -x "$binary" ] || { echo "not built: $binary (dotnet build -c Release)" >&2; exit 1; }
done
command -v jq >/dev/null || { echo 'jq is needed' >&2; exit 1; }

work=$(mktemp -d)
runs=${runs:-$work/runs.jsonl}
server_pid=''
finish() { [ -z "$server_pid" ] || { kill "$server_pid" 2>/dev/null || true; wait "$server_pid" 2>/dev/null || true; }; rm -rf "$work"; }
trap finish EXIT

# utime + stime of a process and all its threads, in clock ticks.
cpu_ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{print $12 + $13}'; }

# Clock ticks in which the whole machine was busy.
busy_ticks() { awk '$1 == "cpu" {print $2 + $3 + $4 + $7 + $8}' /proc/stat; }

# Clock ticks of server, load and machine.
sample() { echo "$(cpu_ticks "$1") $(cpu_ticks "$2") $(busy_ticks)"; }

ours() {
    (cd "$work" && DOTNET_ENVIRONMENT=Development ASPNETCORE_ENVIRONMENT=Development \
        exec taskset -c 0 "$server" --Aetheris:Gateway:UdpPort=0 --Aetheris:Gateway:HttpPort=0 --Aetheris:Demo:Pilots=0 >"$work/server.log" 2>&1) &
    server_pid=$!
    for _ in $(seq 200); do
        grep -q '^ready ' "$work/server.log" && break
        kill -0 "$server_pid" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
        sleep 0.1
    done
    local http before after
    http=$(sed -n 's/^ready .*http=\([0-9]*\).*/\1/p' "$work/server.log")
    DOTNET_ENVIRONMENT=Development taskset -c 1 "$cli" bots --http "http://127.0.0.1:$http" --clients "$clients" --seconds "$seconds" --warmup "$warmup" --moving "$moving" ${decode:+--decode "$decode"} --json >"$work/bots.json" 2>"$work/bots.log" &
    local bots=$!
    # The window lies inside the bots' own: connecting and warm-up are over, the last second is still flying.
    sleep $((warmup + 3))
    before=$(sample "$server_pid" "$bots")
    sleep $((seconds - 4))
    after=$(sample "$server_pid" "$bots")
    wait "$bots" || { cat "$work/bots.log" >&2; exit 1; }
    local server_cpu load_cpu other_cpu
    read -r server_cpu load_cpu other_cpu < <(echo "$before $after" | awk -v s=$((seconds - 4)) -v hz="$(getconf CLK_TCK)" \
        '{a = $4 - $1; b = $5 - $2; o = $6 - $3 - a - b; print a / hz / s, b / hz / s, (o > 0 ? o : 0) / hz / s}')
    jq -c --argjson server "$server_cpu" --argjson load "$load_cpu" --argjson other "$other_cpu" \
        '{bench: "aetheris", server_cpu_s_per_s: $server, client_cpu_s_per_s: $load, payload_Bps_per_client: .down_bytes_per_client_s, lat_ms_p50: .echo_ms.p50, lat_ms_p99: .echo_ms.p99, tick_hz, desyncs, inputs_lost, other_cpu_s_per_s: $other}' "$work/bots.json"
    kill "$server_pid"
    wait "$server_pid" 2>/dev/null || true
    server_pid=''
}

theirs() {
    LOOP=$1 WARM=$warmup "$peer" "$clients" "$seconds" "$moving" 2>/dev/null | tail -1 \
        | jq -c --arg loop "$1" '{bench: ("peer " + $loop), server_cpu_s_per_s, client_cpu_s_per_s, payload_Bps_per_client, lat_ms_p50, lat_ms_p99, tick_hz, other_cpu_s_per_s}'
}

for round in $(seq "$rounds"); do
    echo "round $round of $rounds" >&2
    ours
    if [ -n "$peer" ]; then
        theirs manual
        theirs fixed
    fi
done | tee -a "$runs"

jq -r 'select(.other_cpu_s_per_s > 0.05) | "void: \(.bench), \(.other_cpu_s_per_s) core went elsewhere"' "$runs" >&2
jq -rs 'def median: sort | .[length / 2 | floor];
    map(select(.other_cpu_s_per_s <= 0.05)) | group_by(.bench)[] | [.[0].bench, length, (map(.server_cpu_s_per_s) | median), (map(.payload_Bps_per_client) | median), (map(.lat_ms_p50) | median), (map(.lat_ms_p99) | median)] | @tsv' "$runs" \
    | awk -F'\t' 'BEGIN {printf "%-14s %6s %12s %14s %10s %10s\n", "medians of", "runs", "server core", "B/s per client", "echo p50", "echo p99"} {printf "%-14s %6d %12.4f %14.0f %10.1f %10.1f\n", $1, $2, $3, $4, $5, $6}' >&2
