// Arithmetic that must agree with .NET bit by bit: IEEE 754 remainder, and the arc tangent of World/Motion/SoftMath.cs.

const arcTangentOfEighths = [
  0, 0.12435499454676144, 0.24497866312686414, 0.35877067027057225, 0.4636476090008061, 0.5585993153435624, 0.6435011087932844, 0.7188299996216245,
  0.7853981633974483,
];
const halfPi = 1.5707963267948966;
const isNegative = (value) => value < 0 || Object.is(value, -0);

/** atan(r) for 0 ≤ r ≤ 1, in binary64. */
function arcTangentOfRatio(r) {
  const k = Math.floor(r * 8 + 0.5), c = k * 0.125, t = (r - c) / (1 + r * c), s = t * t;
  let series = 1 / 13;
  for (let n = 11; n >= 1; n -= 2) series = 1 / n - s * series;
  return arcTangentOfEighths[k] + t * series;
}

/** Angle of the vector (x, y), −π … π, rounded once to binary32. */
export function atan2(y, x) {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const ax = Math.abs(x), ay = Math.abs(y);
  let angle;
  if (ay === 0) angle = 0;
  else if (ax === Infinity && ay === Infinity) angle = halfPi / 2;
  else if (ay <= ax) angle = arcTangentOfRatio(ay / ax);
  else angle = halfPi - arcTangentOfRatio(ax / ay);
  if (isNegative(x)) angle = Math.PI - angle;
  return Math.fround(isNegative(y) ? -angle : angle);
}

/** value − size · (the whole number nearest to value / size, the even one of two), as MathF.IEEERemainder. */
export function ieeeRemainder(value, size) {
  const r = value % size, half = Math.abs(size) / 2, a = Math.abs(r);
  if (a < half || !(a >= half)) return Math.fround(r);
  if (a === half && Math.floor(Math.abs(value / size)) % 2 === 0) return Math.fround(r);
  return Math.fround(r - Math.sign(r) * Math.abs(size));
}
