// Which state datagrams have arrived, as a gateway wants to hear it.

/** The newest sequence and the 64 before it. */
export class StateAcks {
  hasAny = false;
  newest = 0;
  /** Bit n: (newest − 1 − n) has arrived. */
  history = 0n;
  received = 0;
  /** Datagrams that were sent from the first to the newest taken in. */
  expected = 0;

  note(seq) {
    if (!this.hasAny) {
      this.hasAny = true;
      this.received = this.expected = 1;
      this.newest = seq;
      return;
    }
    const ahead = ((seq - this.newest) << 16) >> 16;
    if (ahead > 0) {
      this.history = BigInt.asUintN(64, (ahead < 64 ? this.history << BigInt(ahead) : 0n) | (ahead <= 64 ? 1n << BigInt(ahead - 1) : 0n));
      this.newest = seq;
      this.received++;
      this.expected += ahead;
    } else if (ahead < 0 && ahead >= -64 && !((this.history >> BigInt(-ahead - 1)) & 1n)) {
      this.history |= 1n << BigInt(-ahead - 1);
      this.received++;
    }
  }

  /** Share of datagrams that never arrived. */
  get loss() { return this.expected ? 1 - this.received / this.expected : 0; }
}
