// A bad way to a UDP server, outside both ends: what arrives is lost or delayed in each direction, then passed on.
// usage: node lossy-relay.mjs LISTEN_HOST LISTEN_PORT SERVER_PORT LOSS LATENCY_MS JITTER_MS SEED
// Prints `ready`, and on SIGTERM one JSON line: {seen, dropped} of both directions.
import dgram from 'node:dgram';

const [host, listen, server, loss, latency, jitter, seed] = process.argv.slice(2);
const MostClients = 1024;
const clients = new Map();
const totals = { seen: 0, dropped: 0 };

// xorshift32: the same seed loses the same datagrams of the same traffic.
let state = (Number(seed) * 2654435761) >>> 0 || 1;
function random() {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
}

// Delays differ, so datagrams overtake each other, as they do under netem.
function pass(send) {
    totals.seen++;
    if (random() < Number(loss)) {
        totals.dropped++;
        return;
    }

    setTimeout(send, Math.max(0, Number(latency) + (2 * random() - 1) * Number(jitter)));
}

const front = dgram.createSocket('udp4');
front.on('message', (data, from) => {
    const key = from.address + ':' + from.port;
    let back = clients.get(key);
    if (!back) {
        if (clients.size === MostClients)
            return;
        back = dgram.createSocket('udp4');
        back.on('message', answer => pass(() => front.send(answer, from.port, from.address)));
        clients.set(key, back);
    }

    pass(() => back.send(data, Number(server), '127.0.0.1'));
});
front.bind(Number(listen), host, () => console.log('ready'));
process.on('SIGTERM', () => {
    console.log(JSON.stringify(totals));
    process.exit(0);
});
