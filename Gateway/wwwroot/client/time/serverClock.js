// Where the room's tick is and when the next input is due: Client/Time/ServerClock.cs again, in milliseconds.
import { InputLead } from "./inputLead.js";

const maxSlew = 0.05, jumpTicks = 30, farTicks = 4, gain = 0.1, smoothing = 0.1, alignedTicks = 0.25, farAcks = 30, maxBacklog = 8, silentPeriods = 8;
const deafMs = 500, resetMs = 500;
const clamp = (value, least, most) => Math.max(least, Math.min(most, value));

/** A phase in ticks ahead of the room, up to 5 % fast or slow, so that each input arrives just before the room takes it. */
export class ServerClock {
  tickRate = 60;
  isRunning = false;
  /** The room stands still. */
  isHeld = false;
  newestTick = 0;
  jumps = 0;
  #inputs = new InputLead();
  #lastMs = 0;
  #deafUntil = 0;
  #newestAt = 0;
  #phase = 0;
  #epochMs = 0;
  #lead = 0;
  #lastTarget = 0;
  #speed = 1;
  #hasEstimate = false;
  #isAligned = false;
  #farCount = 0;

  /** Smoothed slack of the inputs at the gateway, ms. */
  get marginMs() { return this.#inputs.slack; }
  get wantedMarginMs() { return this.#inputs.wanted; }
  get lateInputs() { return this.#inputs.late; }

  /** @param {number} serverTick of the Accept @param {number} roundTripMs best guess */
  start(nowMs, serverTick, tickRate, roundTripMs) {
    this.tickRate = tickRate >= 1 && tickRate <= 1000 ? tickRate : 60;
    this.#phase = serverTick + this.#ticksOf(clamp(roundTripMs, 0, 1000)) + 2;
    this.#lastMs = nowMs;
    this.#lastTarget = Math.floor(this.#phase);
    this.#lead = this.#phase - serverTick;
    this.#speed = 1;
    this.#hasEstimate = this.#isAligned = this.isHeld = false;
    this.#deafUntil = this.#farCount = 0;
    this.#inputs.reset(serverTick, this.tickRate);
    this.newestTick = 0;
    this.isRunning = true;
    this.observeTick(nowMs, serverTick);
  }

  stop() { this.isRunning = false; }

  /** A message of a server tick arrived. @returns {boolean} whether it is newer than all before */
  observeTick(nowMs, tick) {
    if (tick <= this.newestTick && this.newestTick !== 0) return false;
    this.newestTick = tick;
    this.#newestAt = nowMs;
    this.#follow(tick);
    const observed = nowMs - (tick * 1000) / this.tickRate;
    if (!this.#hasEstimate || Math.abs(observed - this.#epochMs) > resetMs) this.#epochMs = observed;
    else this.#epochMs += (observed - this.#epochMs) * (observed < this.#epochMs ? 0.25 : 0.02);
    this.#hasEstimate = true;
    return true;
  }

  /** How far the time between the newest target and the next one has passed, 0 … 1. */
  get fraction() { return this.isHeld ? 1 : clamp(this.#phase - this.#lastTarget, 0, 1); }

  /** Smooth estimate of the tick whose messages arrive now, with a fraction. */
  viewTick(nowMs) { return this.#hasEstimate ? Math.max(0, ((nowMs - this.#epochMs) * this.tickRate) / 1000) : 0; }

  /** The room acknowledges a tick, newer than all before. @param {number | null} marginMs how early the input for appliedTick came */
  observeAck(nowMs, tick, appliedTick, marginMs) {
    if (!this.isRunning) return;
    this.#inputs.onAck(tick, appliedTick, marginMs, this.#isAligned);
    if (!this.#inputs.isKnown || nowMs < this.#deafUntil) return;
    const error = this.#inputs.phaseAt(nowMs) - this.#phase - this.#ticksOf(nowMs - this.#lastMs);
    this.#isAligned = Math.abs(error) < alignedTicks;
    this.#farCount = Math.abs(error) > farTicks ? this.#farCount + 1 : 0;
    if (Math.abs(error) > jumpTicks || this.#farCount === farAcks) this.#jump(nowMs, error);
    else this.#speed = 1 + clamp(error * gain, -maxSlew, maxSlew);
  }

  /** The room refused an input. @param {number} distance the refused target minus the room's tick */
  observeRejection(nowMs, distance) {
    if (this.isRunning && nowMs >= this.#deafUntil) this.#jump(nowMs, 1 - clamp(distance, -100000, 100000));
  }

  /** The gateway says that the room is silent: the phase waits with it. */
  observePause() { this.isHeld = this.isRunning; }

  /** The next target tick that is due, or 0; call until 0. Targets strictly rise. */
  takeTarget(nowMs) {
    if (!this.isRunning) return 0;
    const elapsed = Math.max(0, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    // A room that stands still would refuse inputs that run ahead of it; on a dead link nothing would arrive anyway.
    this.isHeld ||= nowMs - this.#newestAt > (silentPeriods * 1000) / this.tickRate;
    if (this.isHeld) return 0;
    this.#phase += this.#ticksOf(elapsed) * this.#speed;
    const reached = Math.max(0, Math.floor(this.#phase));
    if (reached <= this.#lastTarget) return 0;
    // A page that stood still does not send what it missed: those ticks are over.
    if (reached - this.#lastTarget > maxBacklog) this.#lastTarget = reached - 1;
    const target = ++this.#lastTarget;
    this.#inputs.onDue(((this.#phase - target) * 1000) / this.tickRate);
    return target;
  }

  /** An input leaves for a target that was taken. */
  markSent(target, nowMs) { this.#inputs.onSent(target, nowMs); }

  /** Keeps the lead over the room's ticks; after a silence the phase goes on with the same lead. */
  #follow(tick) {
    if (!this.isHeld) {
      this.#lead += (this.#phase - tick - this.#lead) * smoothing;
      return;
    }
    this.#phase = tick + this.#lead;
    this.#inputs.forgetSent();
    this.isHeld = false;
  }

  #jump(nowMs, ticks) {
    this.#phase = Math.max(1, this.#phase + ticks);
    this.#lead += ticks;
    this.#speed = 1;
    this.#inputs.forget();
    this.#farCount = 0;
    this.#deafUntil = nowMs + deafMs;
    this.jumps++;
  }

  #ticksOf(ms) { return (ms * this.tickRate) / 1000; }
}
