/** Gives the page a language that can be asked for, where the browser has none: Chromium on a system without one says `en-US@posix`, which Intl refuses. */
export function ensureLanguage(): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
  }
}
