import { useEffect } from 'preact/hooks';
import { cancel, chooseObservation, follow, frameOrder, redo, run, showFrame, step, toggleFrame, undo } from '../actions';
import { CurveView } from '../curve/CurveView';
import { ExportView } from '../export/ExportView';
import { FitView } from '../fit/FitView';
import { Viewer } from '../frames/Viewer';
import { holdLimits, nextApertures, nextBend, nextRange, pick } from '../frames/ViewerBar';
import { bind, help as keyHelp } from '../keys';
import { NightView } from '../night/NightView';
import { StarsView } from '../run/StarsView';
import { now, set, setDisplay, tabs, use } from '../store';
import type { Tab } from '../store';
import { LogView } from './LogView';
import { changeTheme } from './theme';

const titles: Record<Tab, string> = { night: 'Night', stars: 'Stars & run', curve: 'Curve', fit: 'Fit', export: 'Export', log: 'Log' };
const views: Record<Tab, () => preact.JSX.Element | null> = {
  night: NightView,
  stars: StarsView,
  curve: CurveView,
  fit: FitView,
  export: ExportView,
  log: LogView,
};

function keys(): () => void {
  const toDisplay = (key: 'inverted' | 'flipX' | 'flipY' | 'calibrated' | 'saturation') => () =>
    setDisplay({ [key]: !now().display[key] });
  return bind({
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    ',': () => step(-1),
    '.': () => step(1),
    Home: () => frameOrder()[0] && showFrame(frameOrder()[0]!),
    End: () => frameOrder().at(-1) && showFrame(frameOrder().at(-1)!),
    b: () => set({ blink: !now().blink }),
    f: toDisplay('flipX'),
    v: toDisplay('flipY'),
    i: toDisplay('inverted'),
    k: toDisplay('calibrated'),
    o: toDisplay('saturation'),
    s: nextRange,
    g: nextBend,
    l: holdLimits,
    a: nextApertures,
    t: () => pick('target'),
    c: () => pick('comparison'),
    e: () => pick('check'),
    r: () => void run(),
    w: () => void follow(!now().workbench?.follows),
    x: () => {
      const { frame } = now();
      if (frame) {
        void toggleFrame(frame);
      }
    },
    u: () => void undo(),
    'Ctrl+z': () => void undo(),
    'Shift+u': () => void redo(),
    'Ctrl+y': () => void redo(),
    'Ctrl+Shift+z': () => void redo(),
    d: changeTheme,
    '?': () => set({ help: !now().help }),
    Escape: () => set({ help: false, pickMode: null, blink: false }),
    ...Object.fromEntries(tabs.map((tab, i) => [String(i + 1), () => set({ tab })])),
  }, true);
}

export function App() {
  const tab = use((s) => s.tab);
  const workbench = use((s) => s.workbench);
  const showsHelp = use((s) => s.help);
  useEffect(keys, []);
  const View = views[tab];
  return (
    <>
      <header class="top">
        <h1>Albireo</h1>
        <nav class="tabs" role="tablist" aria-label="Steps">
          {tabs.map((t, i) => (
            <button key={t} type="button" role="tab" id={`tab-${t}`} aria-selected={t === tab} aria-controls="panel" onClick={() => set({ tab: t })} title={`${titles[t]} (${i + 1})`}>
              {titles[t]}
            </button>
          ))}
        </nav>
        {workbench && workbench.observations.length > 1 && (
          <select aria-label="Observation" value={workbench.observation ?? ''} onChange={(e) => void chooseObservation((e.target as HTMLSelectElement).value)}>
            {workbench.observations.map((o) => <option key={o} value={o}>{o}</option>)}
          </select>
        )}
        <span class="out" title={workbench?.output}>{workbench && `\u200e${workbench.output}`}</span>
        <button type="button" onClick={() => void undo()} disabled={!workbench?.undo} title={`Undo (u)${workbench?.undo ? `: ${workbench.undo}` : ''}`}>Undo</button>
        <button type="button" onClick={() => void redo()} disabled={!workbench?.redo} title={`Do again (Shift+U)${workbench?.redo ? `: ${workbench.redo}` : ''}`}>Redo</button>
        <button type="button" onClick={changeTheme} aria-label="Dark or light" title="Dark or light (d)">◐</button>
        <button type="button" aria-pressed={showsHelp} onClick={() => set({ help: !showsHelp })} title="Keys (?)">?</button>
      </header>
      <Banners />
      <main>
        <Viewer />
        <section class="panel" id="panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
          <View />
        </section>
      </main>
      <Status />
      {showsHelp && <Help />}
    </>
  );
}

function Banners() {
  const workbench = use((s) => s.workbench);
  const connected = use((s) => s.connected);
  return (
    <>
      {!connected && <p class="banner" role="alert">The server cannot be reached; what you see may be old. It is asked again every second.</p>}
      {workbench?.second && <p class="banner">Another workbench is open on this folder. Both show the same files; a change made in one appears in the other.</p>}
      {workbench?.missing && <p class="banner" role="alert">{workbench.missing}</p>}
    </>
  );
}

/** What is under way or was done last, with its command line. */
function Status() {
  const job = use((s) => s.job);
  const message = use((s) => s.message);
  const busy = use((s) => s.busy > 0);
  const isRunning = job?.state === 'running';
  return (
    <footer class="status">
      <p class={`message ${message?.isError ? 'problem' : ''}`} role="status" aria-live="polite" title={message?.text}>
        {message?.text}
      </p>
      {isRunning && job.kind === 'reduce' ? (
        <span class="progress">
          <progress value={job.total > 0 ? job.done / job.total : undefined} aria-label={`${job.stage} ${job.done} of ${job.total}`} />
          {job.stage} {job.done}/{job.total} <button type="button" onClick={() => void cancel()}>Cancel</button>
        </span>
      ) : (
        <span class="busy">{busy || isRunning ? 'working …' : ''}</span>
      )}
      <code class="command" title={job?.command}>{job?.command}</code>
    </footer>
  );
}

function Help() {
  return (
    <aside class="help" aria-label="Keys">
      <button type="button" class="close" onClick={() => set({ help: false })} aria-label="Close the help">×</button>
      {Object.entries(keyHelp).map(([group, keys]) => (
        <section key={group}>
          <h2>{group}</h2>
          <dl>
            {keys.map(([key, does]) => (
              <div key={key}>
                <dt><kbd>{key}</kbd></dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p>Click a star to examine it; drag to pan, wheel or pinch to zoom. In plots: click a point for its frame, drag to zoom, double click for all.</p>
    </aside>
  );
}
