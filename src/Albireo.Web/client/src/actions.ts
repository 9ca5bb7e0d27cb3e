import { get, post, Refused } from './api';
import type { CurvePage, ExportMade, Job, NightPage, Setting, WorkbenchState } from './api';
import { now, set } from './store';
import type { Pick, PickMode, Picks } from './store';

interface Step {
  label: string;
  undo: () => Promise<unknown>;
  redo: () => Promise<unknown>;
}

const done: Step[] = [];
const undone: Step[] = [];
let queue: Promise<unknown> = Promise.resolve();

/** One change after the other, in the order in which they were asked for. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = queue.then(work, work);
  queue = turn.catch(() => undefined);
  return turn;
}

export function say(text: string, isError = false): void {
  set({ message: { text, isError } });
}

/** Does something and says what went wrong, if anything did. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  set({ busy: now().busy + 1 });
  try {
    return await work();
  } catch (e) {
    if (e instanceof Refused) {
      say(e.message, true);
    } else if (!(e instanceof DOMException && e.name === 'AbortError')) {
      say(`A fault of the page: ${String(e)}`, true);
      console.error(e);
    }
    return undefined;
  } finally {
    set({ busy: now().busy - 1 });
  }
}

function counted(): void {
  set({ undoable: done.length, undone: undone.length });
}

async function perform(step: Step): Promise<void> {
  await attempt(async () => {
    await step.redo();
    done.push(step);
    undone.length = 0;
    counted();
  });
}

export async function undo(): Promise<void> {
  const step = done.pop();
  if (!step) {
    say('There is nothing to undo.');
    return;
  }
  await attempt(async () => {
    try {
      await step.undo();
    } catch (e) {
      done.push(step);
      throw e;
    }
    undone.push(step);
    say(`Undone: ${step.label}.`);
  });
  counted();
}

export async function redo(): Promise<void> {
  const step = undone.pop();
  if (!step) {
    say('There is nothing to do again.');
    return;
  }
  await attempt(async () => {
    try {
      await step.redo();
    } catch (e) {
      undone.push(step);
      throw e;
    }
    done.push(step);
    say(`Done again: ${step.label}.`);
  });
  counted();
}

// ---- loading

/** Answers may overtake each other; one that was asked for before what is shown does not replace it. */
function inOrder<T>(path: string, take: (answer: T) => void): () => Promise<void> {
  let [asked, shown] = [0, 0];
  return async () => {
    const turn = ++asked;
    const answer = await get<T>(path);
    if (turn > shown) {
      shown = turn;
      take(answer);
    }
  };
}

export const loadState = inOrder<WorkbenchState>('/api/state', (workbench) => set({ workbench, job: workbench.job }));

export const loadNight = inOrder<NightPage>('/api/night', (night) => {
  set({ night });
  const { frame } = now();
  const lights = night.night.observations[0]?.lights ?? [];
  const known = new Set(night.night.frames.map((f) => f.id));
  if ((frame === null || !known.has(frame)) && night.night.frames.length > 0) {
    set({ frame: lights[0] ?? night.night.frames[0]!.id });
  }
});

export const loadCurve = inOrder<CurvePage | null>('/api/curve', takeCurve);

function takeCurve(curve: CurvePage | null): void {
  const before = now().curve;
  if (curve?.version !== before?.version || curve === null) {
    set({ curve });
  }
}

// ---- frames

/** Frames in the order in which they are stepped through: all files on the night's tab, else the lights that take part. */
export function frameOrder(): string[] {
  const { night, curve, tab } = now();
  if (tab !== 'night' && curve) {
    return curve.frames.map((f) => f.id);
  }
  const lights = night?.night.observations[0]?.lights ?? [];
  return tab !== 'night' && lights.length > 0 ? lights : (night?.night.frames.filter((f) => f.width).map((f) => f.id) ?? []);
}

export function step(by: number): void {
  const order = frameOrder();
  const at = order.indexOf(now().frame ?? '');
  const next = order[(Math.max(at, 0) + by + order.length) % order.length];
  if (next !== undefined) {
    set({ frame: next });
  }
}

export function showFrame(id: string): void {
  set({ frame: id });
}

export function showFrameNamed(name: string): void {
  const found = now().curve?.frames.find((f) => f.name === name);
  if (found) {
    set({ frame: found.id });
  }
}

// ---- the curve

interface CurveChange {
  target?: string;
  comparisons?: string[];
  check?: string;
  sky?: string;
  site?: string;
  settings?: Setting[];
}

async function postCurve(change: CurveChange): Promise<void> {
  await inTurn(async () => takeCurve(await post<CurvePage | null>('/api/curve', change)));
}

function settingNow(key: string): string[] | null {
  return now().curve?.settings.find((s) => s.key === key)?.values ?? null;
}

/** Changes settings of the curve, reversibly. */
export async function changeSettings(label: string, settings: Setting[]): Promise<void> {
  const before = settings.map((s) => ({ key: s.key, values: settingNow(s.key) }));
  await perform({
    label,
    redo: () => postCurve({ settings }),
    undo: () => postCurve({ settings: before }),
  });
}

/** The frame leaves the curve, or comes back. */
export async function toggleFrame(id: string): Promise<void> {
  const frame = now().curve?.frames.find((f) => f.id === id);
  if (!frame) {
    say('This frame is not part of the light curve.');
    return;
  }
  // A comma would end the name on a command line.
  const name = frame.name.replace(/,/g, '?');
  const change = (out: boolean) =>
    inTurn(async () => {
      const names = (settingNow('curve.exclude-frames') ?? []).filter((n) => n !== name);
      const values = out ? [...names, name].sort() : names;
      takeCurve(await post<CurvePage | null>('/api/curve', { settings: [{ key: 'curve.exclude-frames', values }] }));
    });
  await perform({
    label: `${frame.name} ${frame.excluded ? 'in' : 'out'}`,
    redo: async () => {
      await change(!frame.excluded);
      say(`${frame.name} ${frame.excluded ? 'is in the curve again' : 'is left out of the curve'}.`);
    },
    undo: () => change(frame.excluded),
  });
}

function choice(curve: CurvePage): CurveChange {
  return {
    target: curve.target === null ? undefined : `#${curve.target}`,
    comparisons: curve.chosen ? ['auto'] : curve.comparisons.map((c) => `#${c}`),
    check: curve.check === null ? 'none' : `#${curve.check}`,
  };
}

async function changeStars(label: string, change: CurveChange): Promise<void> {
  const curve = now().curve;
  const before = curve && curve.target !== null ? choice(curve) : null;
  await perform({
    label,
    redo: () => postCurve(change),
    undo: () =>
      before ? postCurve(before) : Promise.reject(new Refused('The first choice of a target cannot be undone; choose another one.')),
  });
}

export async function setAperture(index: number | null): Promise<void> {
  await changeSettings(index === null ? 'best aperture' : `aperture ${index}`, [
    { key: 'curve.aperture', values: index === null ? null : [String(index)] },
  ]);
}

export async function toggleList(key: 'curve.ban' | 'curve.lock', star: number): Promise<void> {
  const values = settingNow(key) ?? [];
  const has = values.includes(String(star));
  const other = key === 'curve.ban' ? 'curve.lock' : 'curve.ban';
  const others = settingNow(other) ?? [];
  await changeSettings(`${key === 'curve.ban' ? 'ban' : 'lock'} #${star}${has ? ' lifted' : ''}`, [
    { key, values: has ? values.filter((v) => v !== String(star)) : [...values, String(star)] },
    ...(others.includes(String(star)) ? [{ key: other, values: others.filter((v) => v !== String(star)) }] : []),
  ]);
}

export async function chooseComparisons(): Promise<void> {
  set({ picks: null });
  await changeStars('comparisons chosen by the program', { comparisons: ['auto'] });
}

// ---- stars

/** The stars that count now: the pending ones, else those of the curve. */
export function currentPicks(): Picks {
  const { picks, curve } = now();
  if (picks) {
    return picks;
  }
  const of = (id: number): Pick => ({ id, x: curve!.stars[id]!.x, y: curve!.stars[id]!.y });
  return {
    frame: null,
    target: curve && curve.target !== null ? of(curve.target) : null,
    comparisons: curve && !curve.chosen ? curve.comparisons.map(of) : [],
    check: curve && curve.check !== null ? of(curve.check) : null,
  };
}

const same = (a: Pick, b: Pick): boolean => (a.id !== null && a.id === b.id) || Math.hypot(a.x - b.x, a.y - b.y) < 4;

/** Gives a star its part; picking it again takes it back. */
export async function pickStar(mode: Exclude<PickMode, null>, star: Pick, frame: string): Promise<void> {
  const { curve, night } = now();
  if (!curve && !night?.night.observations.some((o) => o.lights.includes(frame))) {
    throw new Refused('This frame does not take part in the night; pick stars on a light that does.');
  }
  const before = currentPicks();
  const without = (list: Pick[]): Pick[] => list.filter((p) => !same(p, star));
  const next: Picks = { ...before, frame: now().curve ? null : (before.frame ?? frame) };
  if (mode === 'comparison') {
    const had = before.comparisons.some((p) => same(p, star));
    next.comparisons = had ? without(before.comparisons) : [...before.comparisons, star];
    next.target = before.target && same(before.target, star) ? null : before.target;
    next.check = before.check && same(before.check, star) ? null : before.check;
  } else {
    const had = before[mode] !== null && same(before[mode], star);
    next[mode] = had ? null : star;
    next.comparisons = without(before.comparisons);
    const other = mode === 'target' ? 'check' : 'target';
    next[other] = before[other] && same(before[other], star) ? null : before[other];
  }
  await takePicks(next, `${mode} at ${star.x.toFixed(0)}, ${star.y.toFixed(0)}`);
}

export async function takePicks(next: Picks, label: string): Promise<void> {
  const all = [next.target, ...next.comparisons, next.check].filter((p): p is Pick => p !== null);
  if (now().curve && next.target && all.every((p) => p.id !== null)) {
    set({ picks: null });
    await changeStars(label, {
      target: `#${next.target.id}`,
      comparisons: next.comparisons.length > 0 ? next.comparisons.map((p) => `#${p.id}`) : ['auto'],
      check: next.check ? `#${next.check.id}` : 'none',
    });
    return;
  }
  const before = now().picks;
  await perform({
    label,
    redo: async () => set({ picks: next }),
    undo: async () => set({ picks: before }),
  });
}

// ---- runs

export async function run(): Promise<void> {
  await attempt(async () => {
    const { picks, drafts, night } = now();
    const place = (p: Pick): string => `${p.x.toFixed(2)},${p.y.toFixed(2)}`;
    const text = (key: string): string | null => drafts[key] ?? null;
    const settings: Setting[] = (drafts['run.settings'] ?? '')
      .split('\n')
      .map((l) => l.trim())
      .filter((l) => l.length > 0)
      .map((l) => {
        const at = l.indexOf('=');
        if (at <= 0) {
          throw new Refused(`${l}: expected stage.option=value, for example measure.radii=3,4,5.`);
        }
        return {
          key: l.slice(0, at).trim(),
          values: l
            .slice(at + 1)
            .split(',')
            .map((v) => v.trim()),
        };
      });
    const reference = picks?.frame ? (night?.night.frames.find((f) => f.id === picks.frame)?.frame ?? null) : null;
    const job = await post<Job>('/api/runs', {
      target: picks?.target ? place(picks.target) : null,
      comparisons: picks ? picks.comparisons.map(place) : null,
      check: picks ? (picks.check ? place(picks.check) : '') : null,
      reference,
      sky: text('run.sky'),
      site: text('run.site'),
      object_name: text('run.object'),
      filter: text('run.filter'),
      keep_calibrated: drafts['run.calibrated'] === undefined ? null : drafts['run.calibrated'] === 'true',
      settings,
    });
    set({ job });
    say(job.command);
  });
}

export async function cancel(): Promise<void> {
  await attempt(async () => {
    await post('/api/runs/cancel');
    say('Cancelling after the frames that are being worked on …');
  });
}

export async function follow(on: boolean): Promise<void> {
  await attempt(async () => {
    const workbench = await post<WorkbenchState>(`/api/follow?on=${on}`);
    set({ workbench });
    say(on ? 'New frames are reduced as they land.' : 'New frames wait for a run.');
  });
}

export async function chooseObservation(name: string): Promise<void> {
  await attempt(async () => {
    takeCurve(await post<CurvePage | null>(`/api/observation?name=${encodeURIComponent(name)}`));
    set({ picks: null });
    await loadState();
  });
}

export async function fit(settings: Setting[]): Promise<void> {
  const keys = settings.map((s) => s.key);
  const before = keys.map((key) => ({ key, values: settingNow(key) }));
  const had = now().curve?.fit !== null;
  const go = (all: Setting[]) => inTurn(async () => takeCurve(await post<CurvePage | null>('/api/fit', all)));
  await perform({
    label: 'fit',
    redo: async () => {
      await go(settings);
      say('The transit is fitted: fit.json, fit.csv and the report are written.');
    },
    undo: () => (had ? go(before) : Promise.reject(new Refused('A first fit stays; change its values and fit again.'))),
  });
}

export async function writeExport(format: string, settings: Setting[]): Promise<ExportMade | undefined> {
  return attempt(() =>
    inTurn(async () => {
      const made = await post<ExportMade>('/api/exports', { format, settings });
      say(`Written: ${made.name} in the folder export of the observation.`);
      return made;
    }),
  );
}

// ---- the night

export type Edit = { id: string; values: Record<string, string | null> };

export async function editFrames(label: string, edits: Edit[]): Promise<void> {
  const frames = new Map(now().night?.night.frames.map((f) => [f.id, f]) ?? []);
  const before = edits.map((e) => ({
    id: e.id,
    values: Object.fromEntries(Object.keys(e.values).map((key) => [key, frames.get(e.id)?.edits[key] ?? null])),
  }));
  const go = (all: Edit[]) => inTurn(async () => set({ night: await post<NightPage>('/api/night/edits', all) }));
  await perform({
    label,
    redo: async () => {
      await go(edits);
      say(`${label}: written to ${now().workbench?.output}/night.yaml`);
    },
    undo: () => go(before),
  });
}
