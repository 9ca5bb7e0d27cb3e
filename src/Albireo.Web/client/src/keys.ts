/** One table of keys: the help overlay lists what is bound here, wherever it was bound. */

export interface KeyHelp {
  keys: string;
  does: string;
}

export const help: { group: string; keys: KeyHelp[] }[] = [
  {
    group: 'Frames',
    keys: [
      { keys: '← → or , .', does: 'previous, next frame' },
      { keys: 'Home End', does: 'first, last frame' },
      { keys: 'h', does: 'reference frame' },
      { keys: 'b', does: 'blink through the frames' },
      { keys: '+ − 0 z', does: 'zoom in, out, fit, one to one' },
      { keys: 'Shift + arrows', does: 'pan' },
      { keys: 'f v', does: 'flip left–right, up–down' },
      { keys: 's g i', does: 'limits, curve, invert' },
      { keys: 'l', does: 'hold the limits from frame to frame' },
      { keys: 'k', does: 'raw or calibrated' },
      { keys: 'a o', does: 'apertures, saturated pixels' },
    ],
  },
  {
    group: 'Stars and runs',
    keys: [
      { keys: 't c e', does: 'pick target, comparison, check star; Esc ends' },
      { keys: 'r', does: 'run the reduction' },
      { keys: 'w', does: 'follow the night: run when frames land' },
      { keys: 'x', does: 'frame in or out (of the curve; on the first tab, of the night)' },
      { keys: 'u or Ctrl+Z', does: 'undo' },
      { keys: 'Shift+U or Ctrl+Y', does: 'do again' },
    ],
  },
  {
    group: 'Page',
    keys: [
      { keys: '1 … 6', does: 'night, stars, curve, fit, export, log' },
      { keys: 'd', does: 'dark or light' },
      { keys: '?', does: 'this help' },
      { keys: 'Esc', does: 'close, leave a field' },
    ],
  },
];

type Bindings = Record<string, () => void>;
const bound: Bindings[] = [];

/** Binds keys until the returned function is called; the latest binding of a key counts, those of the whole page give way to all. */
export function bind(keys: Bindings, ofPage = false): () => void {
  if (ofPage) {
    bound.unshift(keys);
  } else {
    bound.push(keys);
  }
  return () => {
    bound.splice(bound.indexOf(keys), 1);
  };
}

function nameOf(e: KeyboardEvent): string {
  const prefix = `${e.ctrlKey || e.metaKey ? 'Ctrl+' : ''}${e.shiftKey && (e.key.length > 1 || e.ctrlKey || /[A-Z]/.test(e.key)) ? 'Shift+' : ''}`;
  return prefix + (e.key.length === 1 ? e.key.toLowerCase() : e.key);
}

export function listenToKeys(): void {
  window.addEventListener('keydown', (e) => {
    const target = e.target instanceof HTMLElement ? e.target : document.body;
    const isTyping = target.matches('input:not([type=checkbox]):not([type=range]), textarea, select');
    if (isTyping && e.key !== 'Escape') {
      return;
    }
    if (isTyping) {
      target.blur();
    }
    const name = nameOf(e);
    for (let i = bound.length - 1; i >= 0; i--) {
      const action = bound[i]![name];
      if (action) {
        e.preventDefault();
        action();
        return;
      }
    }
  });
}
