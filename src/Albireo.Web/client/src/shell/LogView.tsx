import { say } from '../actions';
import { use } from '../store';

/** Everything that was done here as its command line, and what OUT remembers. */
export function LogView() {
  const workbench = use((s) => s.workbench);
  const curve = use((s) => s.curve);
  const night = use((s) => s.night);
  const copy = (text: string) => () => {
    void navigator.clipboard.writeText(text).then(() => say('Copied.'), () => say('The clipboard cannot be used here.', true));
  };
  return (
    <div class="log">
      {curve && (
        <section aria-label="The whole">
          <h3>All of it again, from raw frames</h3>
          <p class="command">
            <Command text={curve.command} /> <button type="button" onClick={copy(curve.command)}>Copy</button>
          </p>
          {curve.lines.map((l) => <p key={l}>{l}</p>)}
        </section>
      )}
      <section aria-label="Done here">
        <h3>Done here, the latest first</h3>
        {workbench?.history.length === 0 && <p class="empty">Nothing yet.</p>}
        <ol class="history">
          {[...(workbench?.history ?? [])].reverse().map((j) => (
            <li key={j.id} class={j.state}>
              <p class="command">
                <Command text={j.command} /> <button type="button" onClick={copy(j.command)}>Copy</button>
              </p>
              {j.error && <p class="problem">{j.error}</p>}
            </li>
          ))}
        </ol>
      </section>
      <section aria-label="Notices">
        <h3>Notices</h3>
        <ul>{[...(curve?.notices ?? []), ...(night?.night.notices ?? [])].filter((n, i, all) => all.indexOf(n) === i).map((n) => <li key={n}>{n}</li>)}</ul>
      </section>
    </div>
  );
}

/** Broken between words only. */
function Command({ text }: { text: string }) {
  return <code>{text.split(' ').map((word, i) => <span key={i}><span class="word">{word}</span> </span>)}</code>;
}
