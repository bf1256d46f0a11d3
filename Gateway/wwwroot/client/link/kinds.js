// Numbers of the link (docs/protocol/link.md): kinds of messages, reasons, buttons, events.

export const LinkKind = { control: 0, codec1: 1, state: 2, input: 3, events: 4 };

export const ControlKind = {
  accept: 1, reject: 2, clock: 3, inputAck: 4, pause: 5, redirect: 6, close: 7, ping: 8, pong: 9, authResult: 10, say: 11, chat: 12,
};

export const CloseReason = {
  none: 0, quit: 1, badToken: 2, expiredToken: 3, usedToken: 4, unsupportedVersion: 5, full: 6, policy: 7, replaced: 8, revoked: 9, timeout: 10,
  violation: 11, goingAway: 12, roomUnavailable: 13, roomClosing: 14, idle: 15,
};

export const EventKind = {
  joined: 1, joinRefused: 2, left: 3, possession: 4, inputRejected: 5, asteroidDepleted: 6, damage: 7, death: 8, respawn: 9, cargoCollected: 10,
  cleared: 11, despawned: 12,
};

export const Buttons = { toggleMining: 1, firePrimary: 2, fire: 4 };

/** Reasons after which coming back by itself would be pointless or rude. */
export const finalReasons = new Set([
  CloseReason.quit, CloseReason.unsupportedVersion, CloseReason.policy, CloseReason.replaced, CloseReason.revoked, CloseReason.full, CloseReason.roomClosing,
]);

/** Margin of an input of which nothing is known. */
export const unknownMargin = -(2 ** 31);
