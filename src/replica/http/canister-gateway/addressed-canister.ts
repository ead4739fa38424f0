import { Principal } from '@dfinity/principal';

/**
 * The canister that a request of a browser is for: the first label of its host (`<id>.localhost`, `<id>.raw.localhost`), or
 * the query parameter `canisterId`. Undefined where it names none.
 */
export function addressedCanister(host: string, url: string): Principal | undefined {
  const label = /^([^.:]+)\.(?:raw\.)?localhost(?::\d+)?$/.exec(host)?.[1];
  // Not by URL: a request's target can be one that no URL can be, such as `//:@`.
  const parameter = new URLSearchParams(url.split('?')[1]).get('canisterId');
  const text = label ?? parameter;
  if (text === null) return undefined;
  try {
    return Principal.fromText(text);
  } catch {
    return undefined;
  }
}
