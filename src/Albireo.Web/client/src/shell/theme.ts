import { set } from '../store';

const chosen = (): string | null => localStorage.getItem('albireo.theme');

function show(theme: string): void {
  document.documentElement.dataset.theme = theme;
  set({ theme });
}

/** What was chosen here, else what the system prefers, also when that changes. */
export function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const look = (): void => show(chosen() ?? (dark.matches ? 'dark' : 'light'));
  dark.addEventListener('change', look);
  look();
}

export function changeTheme(): void {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('albireo.theme', theme);
  show(theme);
}
