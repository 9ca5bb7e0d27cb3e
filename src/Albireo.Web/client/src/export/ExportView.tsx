import { useState } from 'preact/hooks';
import { writeExport } from '../actions';
import type { ExportMade, Setting } from '../api';
import { draft, now, setDraft, use } from '../store';

const fields = [
  ['observer', 'Observer code'],
  ['star', 'Star'],
  ['planet', 'Planet'],
  ['filter', 'Filter'],
  ['notes', 'Notes'],
] as const;

export function ExportView() {
  const workbench = use((s) => s.workbench);
  const curve = use((s) => s.curve);
  use((s) => s.drafts);
  const [made, setMade] = useState<ExportMade | null>(null);
  const format = draft('export.format', 'aavso');
  if (!curve) {
    return <p class="empty">There is nothing to export yet.</p>;
  }
  const write = async (): Promise<void> => {
    const settings: Setting[] = fields
      .filter(([key]) => (now().drafts[`export.${key}`] ?? '') !== '')
      .map(([key]) => ({ key: `export.${key}`, values: [now().drafts[`export.${key}`]!] }));
    setMade(null);
    setMade((await writeExport(format, settings)) ?? null);
  };
  return (
    <div class="export">
      <form
        class="form"
        onSubmit={(e) => {
          e.preventDefault();
          void write();
        }}
      >
        <label>
          Format
          <select name="format" value={format} onChange={(e) => setDraft('export.format', (e.target as HTMLSelectElement).value)}>
            {workbench?.export_formats.map((f) => <option key={f} value={f}>{f}</option>)}
          </select>
        </label>
        {fields.map(([key, label]) => (
          <label key={key}>
            {label}
            <input name={key} value={draft(`export.${key}`)} onInput={(e) => setDraft(`export.${key}`, (e.target as HTMLInputElement).value)} />
          </label>
        ))}
        <p class="row wide">
          <button type="submit" class="primary">Write the file</button>
          <a href="/api/report" target="_blank" rel="noreferrer">Open the report</a>
        </p>
      </form>
      {made && (
        <section aria-label="The file">
          <p class="row">
            <b>{made.name}</b> <a href={`/api/exports/${made.format}`} download={made.name}>Download</a>
          </p>
          {made.messages.map((m) => <p class="note" key={m}>{m}</p>)}
          {made.messages.length === 0 && <p class="note">Checked: everything that the format asks for is there.</p>}
          <pre class="file">{made.text}</pre>
        </section>
      )}
    </div>
  );
}
