#!/usr/bin/env bash
# Many seeds of a bad network: bots fly through loss, delay and jitter, stop, and are compared with their room two seconds later.
# A table row per seed on stdout; fails if any seed is not clean.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: benchmarks/loss.sh [--seeds FIRST-LAST] [--clients N] [--seconds S] [--loss P] [--latency-ms L] [--jitter-ms J] [--beside K] [--netem | --relay]

  --seeds A-B    seeds, one run each (1-20)
  --clients N    bots per seed, in a room of their own (10)
  --seconds S    seconds of flight through the bad network (60)
  --loss P       share of datagrams lost, each way (0.3)
  --latency-ms L delay each way (80)
  --jitter-ms J  deviation of the delay, ± (30)
  --beside K     seeds at once (4)
  --netem        lose and delay in the kernel instead: server and bots in two network namespaces made for this run, UDP between them through
                 tc netem; HTTP stays clean. Needs root and a kernel with sch_netem.
  --relay        the same two namespaces with a process of its own between them that loses and delays (for kernels without sch_netem; needs
                 root and node): nothing of it is the SDK's own loss layer.

Clean: all connected and none lost its connection, desyncs 0 and inputs_lost 0, no chain mismatch,
no input without a verdict, the loss layer lost what it was asked to
(± 5 standard deviations) and nothing because a queue was full. Build first: dotnet build -c Release.
TEXT
}

seeds=1-20 clients=10 seconds=60 loss=0.3 latency=80 jitter=30 beside=4 netem='' relay=''
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) usage; exit 0 ;;
        --netem) netem=1; shift; continue ;;
        --relay) relay=1; shift; continue ;;
        --seeds) seeds=$2 ;;
        --clients) clients=$2 ;;
        --seconds) seconds=$2 ;;
        --loss) loss=$2 ;;
        --latency-ms) latency=$2 ;;
        --jitter-ms) jitter=$2 ;;
        --beside) beside=$2 ;;
        *) echo "unknown option: $1" >&2; usage >&2; exit 2 ;;
    esac
    shift 2
done

root=$(cd "$(dirname "$0")/.." && pwd)
server=$root/Standalone/bin/Release/net10.0/Aetheris.Standalone
cli=$root/Cli/bin/Release/net10.0/aetheris
for binary in "$server" "$cli"; do
    [ -x "$binary" ] || { echo "not built: $binary (dotnet build -c Release)" >&2; exit 1; }
done
command -v jq >/dev/null || { echo 'jq is needed' >&2; exit 1; }

work=$(mktemp -d)
here=aetheris-a-$$ there=aetheris-b-$$
server_pid='' relay_pid=''
apart=$netem$relay
finish() {
    [ -z "$relay_pid" ] || { kill "$relay_pid" 2>/dev/null || true; wait "$relay_pid" 2>/dev/null || true; }
    [ -z "$server_pid" ] || { kill "$server_pid" 2>/dev/null || true; wait "$server_pid" 2>/dev/null || true; }
    if [ -n "$apart" ]; then ip netns del "$here" 2>/dev/null || true; ip netns del "$there" 2>/dev/null || true; fi
    rm -rf "$work"
}
trap finish EXIT

end() {
    ip -n "$1" addr add "$2/30" dev "$3"
    ip -n "$1" link set "$3" up
    ip -n "$1" link set lo up
    [ -z "$netem" ] || make_bad "$1" "$3"
}

# Both ends of a veth pair delay and lose what they send; only UDP goes through the netem band.
make_bad() {
    ip netns exec "$1" tc qdisc add dev "$2" root handle 1: prio bands 4 priomap 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    ip netns exec "$1" tc qdisc add dev "$2" parent 1:4 handle 40: netem limit 100000 delay "${latency}ms" "${jitter}ms" loss "$(awk -v p="$loss" 'BEGIN {print p * 100}')%"
    ip netns exec "$1" tc filter add dev "$2" parent 1: protocol ip u32 match ip protocol 17 0xff flowid 1:4
}

# What the bots' own loss layer is asked for.
own=$loss
[ -z "$apart" ] || own=0
host=127.0.0.1 in_here=() in_there=() public=()
if [ -n "$apart" ]; then
    ip netns add "$here"
    ip netns add "$there"
    ip -n "$here" link add a0 type veth peer name b0 netns "$there"
    end "$here" 10.213.0.1 a0
    end "$there" 10.213.0.2 b0
    host=10.213.0.1 in_here=(ip netns exec "$here") in_there=(ip netns exec "$there")
fi
[ -z "$relay" ] || public=(--Aetheris:Gateway:PublicUdpPort=5001)

export DOTNET_ENVIRONMENT=Development ASPNETCORE_ENVIRONMENT=Development XDG_CONFIG_HOME=$work/config
(cd "$work" && exec "${in_here[@]}" "$server" --Aetheris:Gateway:UdpPort=0 --Aetheris:Gateway:HttpPort=0 --Aetheris:Demo:Pilots=0 "${public[@]}" >"$work/server.log" 2>&1) &
server_pid=$!
for _ in $(seq 300); do
    grep -q '^ready ' "$work/server.log" && break
    kill -0 "$server_pid" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
    sleep 0.1
done
http=http://$host:$(sed -n 's/^ready .*http=\([0-9]*\).*/\1/p' "$work/server.log")
if [ -n "$relay" ]; then
    "${in_here[@]}" node "$root/benchmarks/lossy-relay.mjs" "$host" 5001 "$(sed -n 's/^ready .*udp=\([0-9]*\).*/\1/p' "$work/server.log")" "$loss" "$latency" "$jitter" "${seeds%-*}" >"$work/relay.log" &
    relay_pid=$!
    for _ in $(seq 50); do
        grep -q '^ready' "$work/relay.log" && break
        sleep 0.1
    done
fi

run() {
    local bad=(--loss "$loss" --latency-ms "$latency" --jitter-ms "$jitter")
    [ -z "$apart" ] || bad=()
    "${in_there[@]}" "$cli" bots --http "$http" --clients "$clients" --seconds "$seconds" --settle 2 --seed "$1" --room "loss-$1" "${bad[@]}" --json \
        >"$work/$1.json" 2>"$work/$1.log" || true
}

# row SEED: its line, and whether it is clean.
row() {
    [ -s "$work/$1.json" ] || { echo "| $1 | no figures: $(tail -1 "$work/$1.log") |"; return 1; }
    jq -r --argjson seed "$1" --argjson loss "$own" '
        (.datagrams_seen * $loss) as $expected
        | (5 * ((.datagrams_seen * $loss * (1 - $loss)) | sqrt)) as $slack
        | (.connected == .clients and .disconnects == 0 and .reconnects == 0 and .desyncs == 0 and .inputs_lost == 0 and .chain_mismatches == 0 and .inputs_unverified == 0
            and .inputs_acked > 0 and .values_compared > 0 and .datagrams_overflowed == 0
            and (.datagrams_dropped - $expected | fabs) <= $slack) as $clean
        | "| \($seed) | \(.inputs_sent) | \(.inputs_acked) | \(.inputs_lost) | \(.inputs_unreceived) | \(.inputs_in_flight) | \(.desyncs) of \(.values_compared) | \(.datagrams_dropped) of \(.datagrams_seen) | \($expected | round) ± \($slack | round) | \(.state_loss_share * 1000 | round / 10) % | \(.tick_hz) | \(.echo_ms.p50 | round) / \(.echo_ms.p99 | round) | \(.render_error_m.p99) / \(.render_error_m.max) | \(if $clean then "yes" else "NO" end) |",
          (if $clean then empty else "not clean: \(.)" | halt_error(1) end)' "$work/$1.json"
}

echo '| seed | inputs sent | acked | **lost** | unreceived | in flight at the end | **desyncs** | datagrams dropped | expected | state loss seen | ticks/s (worst) | echo p50 / p99 ms | render error p99 / max m | clean |'
echo '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|'
first=${seeds%-*} last=${seeds#*-} bad=0
for ((seed = first; seed <= last; seed += beside)); do
    group=()
    for ((s = seed; s < seed + beside && s <= last; s++)); do
        run "$s" &
        group+=($!)
    done
    wait "${group[@]}"
    for ((s = seed; s < seed + beside && s <= last; s++)); do
        row "$s" || bad=$((bad + 1))
    done
done
if [ -n "$relay" ]; then
    kill "$relay_pid"
    wait "$relay_pid" || true
    relay_pid=''
    echo "relay: $(tail -1 "$work/relay.log")" >&2
fi
echo "$((last - first + 1 - bad)) of $((last - first + 1)) seeds clean" >&2
[ "$bad" -eq 0 ]
