import { get, post, Refused } from './api';
import type { CurvePage, ExportMade, Job, NightPage, Pick, Picks, Setting, WorkbenchState } from './api';
import { now, set } from './store';
import type { PickMode } from './store';

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

/** What is done is kept by the server in OUT, with the way back: a reload or another browser can undo it. */
async function move(path: '/api/undo' | '/api/redo', says: string, nothing: string): Promise<void> {
  await attempt(() =>
    inTurn(async () => {
      const { label } = await post<{ label: string | null }>(path);
      say(label === null ? nothing : `${says}: ${label}.`);
      await Promise.all([loadState(), loadNight(), loadCurve()]);
    }),
  );
}

export const undo = (): Promise<void> => move('/api/undo', 'Undone', 'There is nothing to undo.');
export const redo = (): Promise<void> => move('/api/redo', 'Done again', 'There is nothing to do again.');

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

export const loadState = inOrder<WorkbenchState>('/api/state', takeState);

function takeState(workbench: WorkbenchState): void {
  const { job } = now();
  set({ workbench, job: isNewer(workbench.job, job) ? workbench.job : job });
}

/** A run that has ended does not run again, whatever an answer says that was given before its end. */
export function isNewer(job: Job | null, known: Job | null): boolean {
  return known === null || (job !== null && (job.id > known.id || (job.id === known.id && (known.state === 'running' || job.state !== 'running'))));
}

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
  // The picture goes with the observation.
  const { frame } = now();
  const isOther = before !== null && curve?.label !== before.label && !curve?.frames.some((f) => f.id === frame);
  if (curve && (frame === null || isOther)) {
    set({ frame: curve.reference_id });
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

const labelled = (path: string, label: string): string => `${path}?label=${encodeURIComponent(label)}`;

/** Changes the curve; the settings may rest on what an earlier change has made of them. */
function changeCurve(label: string, change: () => CurveChange): Promise<unknown> {
  return attempt(() => inTurn(async () => takeCurve(await post<CurvePage | null>(labelled('/api/curve', label), change()))));
}

function settingNow(key: string): string[] | null {
  return now().curve?.settings.find((s) => s.key === key)?.values ?? null;
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
  const out = !frame.excluded;
  await changeCurve(`${frame.name} ${out ? 'out' : 'in'}`, () => {
    const names = (settingNow('curve.exclude-frames') ?? []).filter((n) => n !== name);
    return { settings: [{ key: 'curve.exclude-frames', values: out ? [...names, name].sort() : names }] };
  });
  if (now().curve?.frames.find((f) => f.id === id)?.excluded === out) {
    say(`${frame.name} ${out ? 'is left out of the curve' : 'is in the curve again'}.`);
  }
}

export async function setAperture(index: number | null): Promise<void> {
  await changeCurve(index === null ? 'best aperture' : `aperture ${index}`, () => ({
    settings: [{ key: 'curve.aperture', values: index === null ? null : [String(index)] }],
  }));
}

export async function toggleList(key: 'curve.ban' | 'curve.lock', star: number): Promise<void> {
  const has = (settingNow(key) ?? []).includes(String(star));
  await changeCurve(`${key === 'curve.ban' ? 'ban' : 'lock'} #${star}${has ? ' lifted' : ''}`, () => {
    const without = (k: string): string[] => (settingNow(k) ?? []).filter((v) => v !== String(star));
    const other = key === 'curve.ban' ? 'curve.lock' : 'curve.ban';
    return {
      settings: [
        { key, values: has ? without(key) : [...without(key), String(star)] },
        ...(settingNow(other)?.includes(String(star)) ? [{ key: other, values: without(other) }] : []),
      ],
    };
  });
}

export async function chooseComparisons(): Promise<void> {
  await changeCurve('comparisons chosen by the program', () => ({ comparisons: ['auto'] }));
}

// ---- stars

/** The stars that count now: the pending ones, else those of the curve. */
export function currentPicks(): Picks {
  const { workbench, curve } = now();
  if (workbench?.picks) {
    return workbench.picks;
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
    if (now().workbench?.picks) {
      await postPicks('places taken back', null);
    }
    await changeCurve(label, () => ({
      target: `#${next.target!.id}`,
      comparisons: next.comparisons.length > 0 ? next.comparisons.map((p) => `#${p.id}`) : ['auto'],
      check: next.check ? `#${next.check.id}` : 'none',
    }));
  } else {
    await postPicks(label, next);
  }
}

async function postPicks(label: string, picks: Picks | null): Promise<void> {
  const { workbench } = now();
  if (workbench) {
    set({ workbench: { ...workbench, picks } }); // the next click builds upon it at once
  }
  await attempt(() =>
    inTurn(async () => {
      try {
        await post(labelled('/api/picks', label), { picks });
      } finally {
        await loadState();
      }
    }),
  );
}

// ---- runs

export async function run(): Promise<void> {
  await attempt(async () => {
    const { workbench, drafts, night } = now();
    const picks = workbench?.picks ?? null;
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
      object_name: text('run.object_name'),
      filter: text('run.filter'),
      takes_picks: picks !== null,
      keep_calibrated: drafts['run.calibrated'] === undefined ? null : drafts['run.calibrated'] === 'true',
      settings,
    });
    if (isNewer(job, now().job)) {
      set({ job });
      say(job.command);
    }
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
    await loadState();
  });
}

export async function fit(settings: Setting[]): Promise<void> {
  await attempt(() =>
    inTurn(async () => {
      takeCurve(await post<CurvePage | null>('/api/fit', settings));
      say('The transit is fitted: fit.json, fit.csv and the report are written.');
    }),
  );
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
  await attempt(() =>
    inTurn(async () => {
      set({ night: await post<NightPage>(labelled('/api/night/edits', label), edits) });
      say(`${label}: written to ${now().workbench?.output}/night.yaml`);
    }),
  );
}
