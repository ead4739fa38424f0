const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  ENAMETOOLONG: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
};

const MAY_NOT_WRITE = 'it may not be written';

/** Why a file cannot be read, without its name; undefined where the system says nothing of it. */
export function whyUnreadable(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('code' in cause)) return undefined;
  const code = String(cause.code);
  return REASONS[code] ?? code;
}

/** Why a file cannot be written, without its name. */
export function whyUnwritable(cause: unknown): string {
  const isForbidden =
    cause instanceof Error && 'code' in cause && /^(EACCES|EPERM)$/.test(String(cause.code));
  return isForbidden ? MAY_NOT_WRITE : (whyUnreadable(cause) ?? MAY_NOT_WRITE);
}
