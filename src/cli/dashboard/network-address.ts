import { isLoopback } from '../../client/network/loopback.ts';

/** Where a network listens. */
export interface NetworkPlace {
  /** Its URL on this machine. */
  readonly url: string;
  /** The address that it was told to listen on, such as 127.0.0.1 or 0.0.0.0. */
  readonly listensOn: string;
}

/** Addresses that mean every one of the machine. */
const EVERY_ADDRESS = ['0.0.0.0', '::', '[::]'];

/** A name, an IPv4 address, or an IPv6 one in brackets: nothing that would end a URL or a header, or begin another part of it. */
const HOST_NAME = /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\])$/i;
const MOST_CHARACTERS = 253;

/**
 * The network's URL for a browser that asked by this name: where the network listens on every address of the machine, it is found by the name that led
 * the browser here. A network that listens on one address alone is found by no other.
 */
export function networkUrlFor(hostname: string, { url, listensOn }: NetworkPlace): string {
  const canBeNamed = hostname.length <= MOST_CHARACTERS && HOST_NAME.test(hostname);
  if (!EVERY_ADDRESS.includes(listensOn) || !canBeNamed) return url;
  const { protocol, port } = new URL(url);
  const named = `${protocol}//${hostname}:${port}`;
  return isLoopback(hostname) || !URL.canParse(named) ? url : named;
}
