/** What each key does, for the help; where it is bound says how. */
export const help: Record<string, [keys: string, does: string][]> = {
  Frames: [
    ['← → or , .', 'previous, next frame'],
    ['Home End', 'first, last frame'],
    ['h', 'reference frame'],
    ['b', 'blink through the frames'],
    ['+ − 0 z', 'zoom in, out, fit, one to one'],
    ['Shift + arrows', 'pan'],
    ['f v', 'flip left–right, up–down'],
    ['s g i', 'limits, curve, invert'],
    ['l', 'hold the limits from frame to frame'],
    ['k', 'raw or calibrated'],
    ['a o', 'apertures, saturated pixels'],
  ],
  'Stars and runs': [
    ['t c e', 'pick target, comparison, check star; Esc ends'],
    ['r', 'run the reduction'],
    ['w', 'follow the night: run when frames land'],
    ['x', 'frame in or out (of the curve; on the first tab, of the night)'],
    ['u or Ctrl+Z', 'undo'],
    ['Shift+U or Ctrl+Y', 'do again'],
  ],
  Page: [
    ['1 … 6', 'night, stars, curve, fit, export, log'],
    ['d', 'dark or light'],
    ['?', 'this help'],
    ['Esc', 'close, leave a field'],
  ],
};

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
