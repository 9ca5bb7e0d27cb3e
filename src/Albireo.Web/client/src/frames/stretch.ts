import type { PictureFacts } from '../api';
import type { Display } from '../store';

/** Black and white for a picture. */
export function limits(facts: PictureFacts, display: Display): [number, number] {
  if (display.held) {
    return display.held;
  }
  switch (display.range) {
    case 'zscale':
      return [facts.z_scale[0]!, facts.z_scale[1]!];
    case 'percentile':
      return [facts.percentiles[0]!, facts.percentiles[4]!];
    case 'stars':
      return [facts.percentiles[1]!, facts.percentiles[5]!];
    case 'full':
      return [facts.least, facts.greatest];
  }
}

const softening = 0.1;
const logScale = 1000;

/** Where a value stands between black (0) and white (1): the same curves as `albireo show`. */
export function fraction(value: number, low: number, high: number, bend: Display['bend']): number {
  const x = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : value > high ? 1 : 0;
  switch (bend) {
    case 'linear':
      return x;
    case 'asinh':
      return Math.asinh(x / softening) / Math.asinh(1 / softening);
    case 'log':
      return Math.log(1 + logScale * x) / Math.log(1 + logScale);
  }
}

export function valueOf(code: number, facts: PictureFacts): number {
  return facts.linear
    ? facts.zero + facts.scale * (code - 1)
    : facts.zero + facts.scale * Math.sinh(facts.first + ((code - 1) * (facts.last - facts.first)) / 65533);
}

/** One colour a code, packed as canvas memory wants it; undefined pixels are violet. */
export function table(facts: PictureFacts, display: Display): Uint32Array<ArrayBuffer> {
  const [low, high] = limits(facts, display);
  const colours = new Uint32Array(65536);
  colours[0] = 0xffb4468c;
  for (let code = 1; code < 65536; code++) {
    let grey = Math.round(255 * fraction(valueOf(code, facts), low, high, display.bend));
    if (display.inverted) {
      grey = 255 - grey;
    }
    colours[code] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
  }
  return colours;
}
