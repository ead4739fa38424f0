/** A text at the top level of metadata; undefined where there is none. Metadata is JSON text that an agent can have written. */
export function textIn(metadata: string | undefined, name: string): string | undefined {
  try {
    const value: unknown = JSON.parse(metadata ?? 'null');
    if (typeof value !== 'object' || value === null || !(name in value)) return undefined;
    const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
    return typeof found === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}
