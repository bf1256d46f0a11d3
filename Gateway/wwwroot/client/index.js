// What the package offers.
export { AetherisClient, State } from "./client.js";
export { CloseReason, EventKind } from "./link/kinds.js";
export { HttpProblem, call, sessionOf } from "./match.js";
export { ComponentKind, registerComponent } from "./view/components.js";
export { angle, shortest, wrap } from "./view/torus.js";
