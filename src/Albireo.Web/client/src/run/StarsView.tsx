import { cancel, currentPicks, follow, run, takePicks } from '../actions';
import { pick } from '../frames/ViewerBar';
import type { Pick } from '../api';
import { draft, setDraft, use } from '../store';

const fields = [
  ['sky', 'Target coordinates', '02:04:10.28,+46:41:16.2', 'They override every header; times and airmass need them.'],
  ['site', 'Site', '31.68,-110.88,2344', 'Degrees north, degrees east, metres.'],
  ['object_name', 'Object', 'all', 'Reduce only frames of this object.'],
  ['filter', 'Filter', 'all', 'Reduce only frames in this filter.'],
] as const;

/** Who is target, comparison and check, and the run that measures them. */
export function StarsView() {
  const job = use((s) => s.job);
  const curve = use((s) => s.curve);
  const workbench = use((s) => s.workbench);
  const pending = workbench?.picks;
  use((s) => s.drafts);
  const picks = currentPicks();
  const isRunning = job?.state === 'running';
  const remove = (change: Partial<typeof picks>) => () => void takePicks({ ...picks, ...change }, 'star taken back');
  const place = (p: Pick): string => `${p.id === null ? '' : `#${p.id} · `}${p.x.toFixed(1)}, ${p.y.toFixed(1)}`;
  return (
    <div class="stars">
      <section aria-label="Stars">
        <h3>Stars</h3>
        <ul class="picks">
          <li>
            <button type="button" class="t" onClick={() => pick('target')}>Target</button>{' '}
            {picks.target ? <span>{place(picks.target)} <button type="button" aria-label="Take the target back" onClick={remove({ target: null })}>×</button></span> : <i>click it on a frame (t)</i>}
          </li>
          <li>
            <button type="button" class="c" onClick={() => pick('comparison')}>Comparisons</button>{' '}
            {picks.comparisons.map((p, i) => (
              <span class="chip" key={i}>
                C{i + 1} {place(p)}{' '}
                <button type="button" aria-label={`Take comparison ${i + 1} back`} onClick={remove({ comparisons: picks.comparisons.filter((_, j) => j !== i) })}>×</button>
              </span>
            ))}
            {picks.comparisons.length === 0 && <i>{curve?.chosen ? `${curve.comparisons.length} chosen by the program; click some (c) to name your own` : 'click some (c), or let the program choose'}</i>}
          </li>
          <li>
            <button type="button" class="k" onClick={() => pick('check')}>Check</button>{' '}
            {picks.check ? <span>{place(picks.check)} <button type="button" aria-label="Take the check star back" onClick={remove({ check: null })}>×</button></span> : <i>optional (e)</i>}
          </li>
        </ul>
        {pending && <p class="note">These places are not measured yet: run the reduction.</p>}
      </section>
      <section aria-label="Run">
        <h3>Run</h3>
        <div class="form">
          {fields.map(([key, label, example, why]) => (
            <label key={key} title={why}>
              {label}
              <input value={draft(`run.${key}`, workbench?.remembered?.[key] ?? '')} placeholder={example} onInput={(e) => setDraft(`run.${key}`, (e.target as HTMLInputElement).value)} />
            </label>
          ))}
          <label class="wide" title="One stage.option=value a line, as for --set; docs/recipes.md lists them.">
            Settings
            <textarea
              rows={3}
              placeholder={'measure.radii=3,4,5\nmeasure.radius-unit=pixels'}
              value={draft('run.settings')}
              onInput={(e) => setDraft('run.settings', (e.target as HTMLTextAreaElement).value)}
            />
          </label>
          <label class="check">
            <input type="checkbox" checked={draft('run.calibrated', String(workbench?.remembered?.keeps_calibrated ?? true)) === 'true'} onChange={(e) => setDraft('run.calibrated', String((e.target as HTMLInputElement).checked))} />
            keep calibrated frames
          </label>
          <label class="check">
            <input type="checkbox" checked={workbench?.follows ?? false} onChange={(e) => void follow((e.target as HTMLInputElement).checked)} />
            run again when frames land (w)
          </label>
        </div>
        <p class="row">
          <button type="button" class="primary" disabled={isRunning} onClick={() => void run()}>
            Run the reduction <kbd>r</kbd>
          </button>
          {isRunning && (
            <button type="button" onClick={() => void cancel()}>
              Cancel
            </button>
          )}
        </p>
        {job?.kind === 'reduce' && (
          <div class={`job ${job.state}`}>
            {job.error && <p role="alert">{job.error}</p>}
            {job.lines.map((l) => <p key={l}>{l}</p>)}
            {job.notices.length > 0 && <details><summary>{job.notices.length} notices</summary><ul>{job.notices.map((n) => <li key={n}>{n}</li>)}</ul></details>}
          </div>
        )}
      </section>
    </div>
  );
}
