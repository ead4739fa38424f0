import { InvalidArgumentError } from 'commander';

/** An option's value that names a network: local, ic, or an http or https URL without more than host and port. */
export function readNetwork(text: string): string {
  if (text === 'local' || text === 'ic' || isOrigin(text)) return text;
  throw new InvalidArgumentError(
    'It must be local, ic, or the URL of a network, such as http://127.0.0.1:4943, without a name, path or query.',
  );
}

/** An option's value that is an http or https URL without credentials, query and fragment. */
export function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && isHttp(url) && !isSecretive(url)) return text;
  throw new InvalidArgumentError(
    'It must be an http or https URL, such as https://identity.internetcomputer.org, without a name, password, query or fragment.',
  );
}

/** An option's value that is an address or a name to listen on. */
export function readAddress(text: string): string {
  if (/^[\da-fA-F.:%]+$|^[A-Za-z\d]([A-Za-z\d.-]{0,252})$/.test(text)) return text;
  throw new InvalidArgumentError('It must be an address or a name, such as 127.0.0.1, ::1 or localhost.');
}

/** An option's value that is a path. */
export function readPath(text: string): string {
  if (text.trim() !== '' && !text.includes('\0')) return text;
  throw new InvalidArgumentError('It must be a path, such as ./folder.');
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return isHttp(url) && !isSecretive(url) && url.pathname === '/';
}

function isHttp({ protocol, hostname }: URL): boolean {
  return /^https?:$/.test(protocol) && hostname !== '';
}

/** Whether it has what could be a secret, or changes what is asked. */
function isSecretive({ username, password, search, hash, href }: URL): boolean {
  return username !== '' || password !== '' || search !== '' || hash !== '' || /[?#]$/.test(href);
}
