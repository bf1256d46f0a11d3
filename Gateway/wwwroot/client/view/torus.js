// Distances on a room whose edges meet, for drawing: binary64 will do.

/** The shortest of the distances on a ring. */
export const shortest = (distance, size) => (size > 0 ? distance - size * Math.floor(distance / size + 0.5) : distance);

/** An angle within −π … π. */
export const angle = (radians) => shortest(radians, 2 * Math.PI);

/** A coordinate back into its bounds. */
export const wrap = (value, min, size) => value - size * Math.floor((value - min) / size);
