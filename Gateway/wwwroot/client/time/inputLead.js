// Learns when an input must leave to be just in time, from how early each one came: Client/Time/InputLead.cs again, in milliseconds.

const window = 64;
const baseMs = 3, maxLeadTicks = 5, smoothing = 0.05, spread = 3, lateStepMs = 1.5, calmStepMs = 0.005, lateBurstTicks = 8, maxSlackMs = 2000;

/** For one connection: sending time plus slack is the latest moment for a tick, and those moments lie one tick period apart. */
export class InputLead {
  isKnown = false;
  /** Smoothed slack of the inputs, ms. */
  slack = 0;
  /** Inputs that had not reached the room at their tick. */
  late = 0;
  #targets = new Float64Array(window);
  #sentAt = new Float64Array(window);
  #period = 1000 / 60;
  #origin = 0;
  #line = 0;
  #lineDeviation = 0;
  #pollDelay = 0;
  #pollDeviation = 0;
  #reserve = 0;
  #burstEnd = 0;

  /** Slack aimed at when an input leaves at the moment it is due, ms. */
  get wanted() {
    return Math.min(maxLeadTicks * this.#period, baseMs + spread * this.#lineDeviation + this.#pollDelay + spread * this.#pollDeviation + this.#reserve);
  }

  /** A new connection. */
  reset(tick, tickRate) {
    this.#period = 1000 / tickRate;
    this.#origin = tick;
    this.#lineDeviation = this.#pollDelay = this.#pollDeviation = this.#reserve = this.#burstEnd = this.slack = 0;
    this.forgetSent();
  }

  /** The room's ticks do not lie on the old line any more. */
  forget() { this.isKnown = false; }

  /** The room stood still: how early the inputs on their way were says how long, not when to send. */
  forgetSent() {
    this.#targets.fill(0);
    this.forget();
  }

  onSent(target, nowMs) {
    this.#targets[target % window] = target;
    this.#sentAt[target % window] = nowMs;
  }

  /** A target was taken so long after it was due: whoever polls does it less often than time passes. */
  onDue(delayMs) {
    const delay = Math.min(delayMs, 2 * this.#period);
    this.#pollDeviation += (Math.abs(delay - this.#pollDelay) - this.#pollDeviation) * smoothing;
    this.#pollDelay += (delay - this.#pollDelay) * smoothing;
  }

  /** @param {number} tick acknowledged @param {number} appliedTick largest target applied @param {number | null} slackMs of that input @param {boolean} isAligned */
  onAck(tick, appliedTick, slackMs, isAligned) {
    if (appliedTick < tick && this.#targets[tick % window] === tick) this.#onLate(tick, isAligned);
    else this.#reserve = Math.max(0, this.#reserve - calmStepMs);
    const i = appliedTick % window;
    if (appliedTick === 0 || this.#targets[i] !== appliedTick || slackMs === null) return;
    this.#targets[i] = 0;
    const slack = Math.max(-maxSlackMs, Math.min(maxSlackMs, slackMs));
    this.#observe(this.#sentAt[i] + slack - (appliedTick - this.#origin) * this.#period, slack);
  }

  /** The tick whose input is due now, with a fraction. */
  phaseAt(nowMs) { return this.#origin + (nowMs + this.wanted - this.#line) / this.#period; }

  #onLate(tick, isAligned) {
    this.late++;
    if (tick < this.#burstEnd || !isAligned) return;
    // One hiccup makes several inputs late; it counts once.
    this.#burstEnd = tick + lateBurstTicks;
    this.#reserve = Math.min(maxLeadTicks * this.#period, this.#reserve + lateStepMs);
  }

  #observe(line, slack) {
    if (!this.isKnown) {
      this.isKnown = true;
      this.#line = line;
      this.slack = slack;
      return;
    }
    this.#lineDeviation += (Math.abs(line - this.#line) - this.#lineDeviation) * smoothing;
    this.#line += (line - this.#line) * 2 * smoothing;
    this.slack += (slack - this.slack) * smoothing;
  }
}
