const NAMES = ['127.0.0.1', '::1', '[::1]', 'localhost'];

/** Whether a name or address always leads to this machine. */
export function isLoopback(host: string): boolean {
  return NAMES.includes(host);
}
