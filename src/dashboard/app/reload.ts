const KEY = 'agent-service.reloaded';
const AGAIN_MS = 10_000;
const URL_IN = /https?:\/\/\S+/;

/**
 * Loads the page anew once the file that an import failed for can be had: browsers remember failed imports, so that importing it again fails, too.
 * A server that has no such file any more has a newer build, which a reload gets; that is tried once for each file. Resolves where the file cannot be had yet.
 */
export async function reloadWhenThere(error: unknown, isBackOnline: boolean): Promise<void> {
  const [url] = URL_IN.exec(error instanceof Error ? error.message : '') ?? [];
  if (url === undefined) {
    // Safari does not say which file.
    if (isBackOnline) reload('');
    return;
  }
  const response = await fetch(url, { cache: 'reload' });
  if (response.ok) reload('');
  else reload(url);
}

/** Not again and again: for a file once, and otherwise not within some seconds. */
function reload(file: string): void {
  const [before = '', at = '0'] = sessionStorage.getItem(KEY)?.split(' ') ?? [];
  const isAgain = file === '' ? Date.now() - Number(at) < AGAIN_MS : before === file;
  if (isAgain) return;
  sessionStorage.setItem(KEY, `${file} ${Date.now()}`);
  location.reload();
}
