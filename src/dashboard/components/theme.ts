import { useSyncExternalStore } from 'react';

/** How the page is coloured; `system` follows the device. */
export type Theme = 'system' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const KEY = 'agent-service.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

/** What the person chose on this device. */
export function storedTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

/** Colours the page, and keeps doing it as the device changes. */
export function applyTheme(theme: Theme): void {
  const shown = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
  document.documentElement.dataset['theme'] = shown;
  for (const listener of listeners) listener();
}

/** Keeps the choice on this device. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  applyTheme(theme);
}

/** The choice, and whether the page is dark by it: what draws by itself, as charts do, follows. */
export function useTheme(): { readonly theme: Theme; readonly isDark: boolean } {
  const theme = useSyncExternalStore(subscribe, storedTheme);
  const isDark = useSyncExternalStore(subscribe, () => document.documentElement.dataset['theme'] === 'dark');
  return { theme, isDark };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

dark.addEventListener('change', () => applyTheme(storedTheme()));
