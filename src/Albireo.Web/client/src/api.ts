/** What the server speaks; the same names as in /openapi/v1.json. */

export interface Job {
  id: number;
  kind: string;
  command: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  stage: string;
  done: number;
  total: number;
  notices: string[];
  lines: string[];
  error: string | null;
}

export interface WorkbenchState {
  version: string;
  output: string;
  inputs: string[];
  second: boolean;
  follows: boolean;
  job: Job | null;
  history: Job[];
  observations: string[];
  observation: string | null;
  export_formats: string[];
  remembered: { sky: string | null; site: string | null; object_name: string | null; filter: string | null; keeps_calibrated: boolean } | null;
  /** Stars that a run must measure first; null while the curve's own stars count. */
  picks: Picks | null;
  undo: string | null;
  redo: string | null;
  missing: string | null;
}

/** A star that was pointed at: one that was measured (id) or a place on the reference frame. */
export interface Pick {
  id: number | null;
  x: number;
  y: number;
}

export interface Picks {
  /** The frame that places refer to; null once an observation says which. */
  frame: string | null;
  target: Pick | null;
  comparisons: Pick[];
  check: Pick | null;
}

/** A row of the intake: every value has `<name>_from` and `<name>_raw` beside it. */
export interface NightFrame {
  id: string;
  frame: string;
  path: string;
  status: string;
  reason: string | null;
  warnings: string[];
  counts_as?: string;
  width?: number;
  height?: number;
  edits: Record<string, string>;
  [key: string]: unknown;
}

export interface CalibrationGroup {
  exposure_s: number | null;
  frames: number;
}

export interface NightObservation {
  label: string;
  object: string | null;
  filter: string | null;
  lights: string[];
  bias: CalibrationGroup[];
  darks: CalibrationGroup[];
  flats: CalibrationGroup[];
  dark_flats: CalibrationGroup[];
  notes: string[];
}

export interface NightPage {
  version: number;
  problem: string | null;
  inputs: string[];
  night: {
    notices: string[];
    frames: NightFrame[];
    ignored: { path: string; reason: string }[];
    observations: NightObservation[];
  };
}

export interface PageStar {
  id: number;
  x: number;
  y: number;
  role: 'target' | 'comparison' | 'check' | 'field';
  name: string | null;
  flux: number | null;
  peak: number | null;
  saturated: boolean;
}

export interface PageFrame {
  id: string;
  name: string;
  measured: boolean;
  reason: string | null;
  used: boolean;
  excluded: boolean;
  flags: string;
  time: number | null;
  flux: number | null;
  flux_error: number | null;
  fwhm: number | null;
  sky: number | null;
  airmass: number | null;
}

export interface Verdict {
  star: number;
  label: string;
  comparison: boolean;
  reason: string;
  weight: number | null;
  scatter: number | null;
  trend: number | null;
  scatter_without: number | null;
  change: number | null;
  banned: boolean;
  locked: boolean;
}

export interface FittedValue {
  name: string;
  value: number | null;
  error_minus: number | null;
  error_plus: number | null;
  unit: string;
  prior: string;
}

export interface Fit {
  planet: string | null;
  values: FittedValue[];
  residual_scatter: number;
  beta_red: number;
  bic: number;
  bic_no_transit: number;
  converged: boolean;
  points: number;
  o_minus_c_minutes: number | null;
  o_minus_c_error_minutes: number | null;
  doubts: string[];
}

/** `values: null` takes the default. */
export interface Setting {
  key: string;
  values: string[] | null;
}

export interface CurvePage {
  version: string;
  label: string;
  reference_id: string;
  reference_name: string;
  lines: string[];
  notices: string[];
  problem: string | null;
  stars: PageStar[];
  frames: PageFrame[];
  radii: number[];
  radius_unit: string;
  flux_unit: string;
  target: number | null;
  comparisons: number[];
  check: number | null;
  chosen: boolean;
  aperture: number | null;
  aperture_chosen: boolean;
  metric: string | null;
  folded: boolean;
  searched: boolean;
  scatter_by_aperture: (number | null)[];
  point_to_point_scatter: number | null;
  used_points: number;
  trend_formula: string | null;
  verdicts: Verdict[];
  fit: Fit | null;
  settings: { key: string; values: string[] }[];
  command: string;
}

export interface PictureFacts {
  id: string;
  name: string;
  calibrated: boolean;
  version: string;
  width: number;
  height: number;
  tile_size: number;
  levels: number;
  linear: boolean;
  zero: number;
  scale: number;
  first: number;
  last: number;
  least: number;
  greatest: number;
  percentiles: number[];
  z_scale: number[];
  saturation: number | null;
  saturation_from: string | null;
  has_calibrated: boolean;
  changed: string | null;
}

export interface MeasuredStars {
  is_measured: boolean;
  reason: string | null;
  radius: number | null;
  inner: number | null;
  outer: number | null;
  fwhm: number | null;
  x: (number | null)[];
  y: (number | null)[];
  peak: (number | null)[];
  flux: (number | null)[];
  sky: (number | null)[];
  flags: string[];
}

export interface Probe {
  x: number;
  y: number;
  centred: boolean;
  fwhm_pixels: number | null;
  sky: number | null;
  sky_rms: number | null;
  flux: number | null;
  peak: number | null;
  saturated: boolean;
  radius: number;
  inner: number;
  outer: number;
  profile_radii: number[];
  profile_values: (number | null)[];
}

export interface SaturatedPixels {
  level: number | null;
  from: string | null;
  count: number;
}

export interface PixelBlock {
  x: number;
  y: number;
  width: number;
  height: number;
  values: (number | null)[];
}

export interface Calibration {
  is_kept: boolean;
  removed: string[];
  remarks: string[];
}

export interface ExportMade {
  format: string;
  name: string;
  messages: string[];
  text: string;
  command: string;
}

export interface Figure {
  title: string;
  subtitle?: string;
  description?: string;
  x: FigureAxis;
  panels: FigurePanel[];
}

export interface FigureAxis {
  label: string;
  unit?: string;
  scale: string;
  min?: number;
  max?: number;
  inverted: boolean;
}

export interface FigurePanel {
  y: FigureAxis;
  series: FigureSeries[];
  marks: FigureMark[];
  caption?: string;
  share: number;
  legend: boolean;
}

export interface FigureSeries {
  name: string;
  x: (number | null)[];
  y: (number | null)[];
  y_error?: (number | null)[];
  states?: ('used' | 'flagged')[];
  point_names?: string[];
  style: 'points' | 'line' | 'dashed' | 'steps' | 'histogram';
  marker: string;
  color: string;
  size?: number;
  opacity: number;
  in_legend: boolean;
}

export interface FigureMark {
  kind: string;
  color: string;
  dashed: boolean;
  x?: number;
  y?: number;
  from?: number;
  to?: number;
  label?: string;
}

/** The server's sentence. */
export class Refused extends Error {}

async function answer<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (!response.ok) {
    let sentence = text.replace(/^albireo: /, '').trim();
    try {
      sentence = (JSON.parse(text) as { error: string }).error;
    } catch {
      // Not JSON: the text is the sentence.
    }
    throw new Refused(sentence || `The server answered ${response.status}.`);
  }
  return (text.length > 0 ? JSON.parse(text) : null) as T;
}

async function reach(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') {
      throw e;
    }
    throw new Refused('The server cannot be reached; is albireo serve still running?');
  }
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return answer<T>(await reach(path, { signal }));
}

export async function post<T>(path: string, body: unknown = {}): Promise<T> {
  return answer<T>(
    await reach(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Albireo': '1' },
      body: JSON.stringify(body),
    }),
  );
}

export async function bytes(path: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  const response = await reach(path, { signal });
  if (!response.ok) {
    await answer(response);
  }
  return response.arrayBuffer();
}
