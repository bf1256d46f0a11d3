// Runs the vectors of codec 2 through this client's decoder: node vectors.mjs tables.json standard.json corners.json
import { readFileSync } from "node:fs";
import { BlockDecoder } from "../codec2/blockDecoder.js";
import { Cell, stride } from "../codec2/cell.js";
import { readDatagram } from "../codec2/datagram.js";
import { Schema, fromHex } from "../codec2/schema.js";
import { gains, motionContexts, slowContexts } from "../codec2/tables.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const sorted = (value) => JSON.stringify(Object.entries(value).sort());
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const cellOf = (json) => json && new Cell(json.tick, Int32Array.from(json.members.flatMap((member) => member.slice(0, stride))));
const floats = ["x", "y", "vx", "vy", "rotation"];

// The vectors' names of what the decoder says.
function slowOf(entry) {
  const { kind, slot, generation } = entry;
  switch (kind) {
    case "entered": return { kind, slot, generation, id: entry.id.toString(), mask: entry.mask.toString() };
    case "value": return { kind, slot, bit: entry.bit, hex: toHex(entry.bytes) };
    case "removed": return { kind, slot, bit: entry.bit };
    default: return { kind, slot, generation };
  }
}

function headOf(d) {
  return {
    stream: d.stream, seq: d.seq, tick: d.tick, check: d.check, has_more: d.hasMore, has_status: d.hasStatus, applied_tick: d.appliedTick,
    applied_count: d.appliedCount, margin: d.margin, received_sequence: d.received, received_history: d.receivedHistory, has_chain: d.hasChain,
    chain: d.chain, has_own_state: d.hasOwnState, x: d.x, y: d.y, vx: d.vx, vy: d.vy, rotation: d.rotation,
  };
}

function blockHolds(schema, vector) {
  const decoder = new BlockDecoder(schema);
  decoder.startDatagram();
  const decoded = decoder.decode(fromHex(vector.hex), vector.tick, cellOf(vector.base), cellOf(vector.base2)) && decoder.check === vector.check;
  if (vector.expect === "reject") return !decoded;
  return decoded && same(Array.from(decoder.cell.members), vector.now.members.flatMap((member) => member.slice(0, stride)))
    && same(decoder.slow.map((entry) => sorted(slowOf(entry))), vector.slow.map(sorted));
}

function datagramHolds(vector) {
  const read = readDatagram(fromHex(vector.hex), vector.newest_tick, vector.expected_count);
  if (vector.expect === "reject") return read === null;
  const head = { ...vector.head, ...Object.fromEntries(floats.map((name) => [name, Math.fround(vector.head[name])])) };
  return read !== null && sorted(headOf(read)) === sorted(head) && same(read.leaves, vector.leaves)
    && same(read.blocks.map(({ cell, age, gap, length }) => `${cell} ${age} ${gap} ${length}`), vector.blocks);
}

function tablesHold(tables) {
  const start = (rows) => rows.map((row) => row.map((entry) => entry * 256));
  return same(start(tables.motion), motionContexts.map((row) => Array.from(row)))
    && same(start([tables.slow])[0], Array.from(slowContexts)) && same(tables.gains, gains);
}

let passed = 0, failed = 0;
const count = (name, holds) => {
  if (holds) passed++; else { failed++; console.log(`${name}: does not hold`); }
};
for (const file of process.argv.slice(2)) {
  const json = JSON.parse(readFileSync(file));
  if (json.gains) {
    count(file, tablesHold(json));
    continue;
  }
  const schema = new Schema(json.schema);
  for (const vector of json.blocks) count(vector.name, blockHolds(schema, vector));
  for (const vector of json.datagrams) count(vector.name, datagramHolds(vector));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || !passed ? 1 : 0;
