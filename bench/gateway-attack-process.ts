import { connect } from 'node:net';
import { constants, setPriority } from 'node:os';
import { ACTIVITY_TYPES } from '../src/candid/audit-codes.ts';

/** What a hostile caller of a gateway does, in a process of its own, until it is ended. */
const [name = '', url = '', key = '', user = ''] = process.argv.slice(2);
const { port, hostname } = new URL(url);

/** As browsers come back to streams. */
const AGAIN_MS = 5000;

// It stands for another machine: what it needs itself is not to be taken from the gateway's.
setPriority(constants.priority.PRIORITY_LOW);

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends a request again and again on connections of its own, each of which it holds as long as it is let. */
function hold(count: number, textOf: (i: number) => string, drip?: string): void {
  const open = (i: number) => {
    const socket = connect(Number(port), hostname, () => socket.write(textOf(i)));
    const timer = drip === undefined ? undefined : setInterval(() => socket.write(drip), 500);
    socket.on('error', () => undefined);
    socket.resume();
    socket.once('close', () => {
      clearInterval(timer);
      setTimeout(open, AGAIN_MS, i);
    });
  };
  for (let i = 0; i < count; i++) open(i);
}

const streamOf = (path: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${key}\r\n${more}Connection: close\r\n\r\n`;

/** One of many different filters. */
function subset(i: number): string {
  return ACTIVITY_TYPES.filter((_type, bit) => ((i + 1) >> bit) & 1).join(',');
}

/** Calls as fast as answers come, 100 at a time. */
function flood(path: string): void {
  const loop = async () => {
    for (;;) {
      await fetch(url + path, { headers: { authorization: `Bearer ${key}` } })
        .then((response) => response.arrayBuffer())
        .catch(() => sleep(100));
    }
  };
  for (let i = 0; i < 100; i++) void loop();
}

const ATTACKS: Readonly<Record<string, () => void>> = {
  streams: () => hold(1000, () => streamOf(`/v1/users/${user}/events`)),
  filters: () => hold(300, (i) => streamOf(`/v1/users/${user}/events?activity_type=${subset(i)}`)),
  past: () => hold(50, () => streamOf(`/v1/users/${user}/events`, 'Last-Event-ID: act-0000000000000000\r\n')),
  calls: () => flood(`/v1/users/${user}/status`),
  bodies: () =>
    hold(
      800,
      () =>
        `POST /v1/sessions HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{`,
      ' ',
    ),
};

const attack = ATTACKS[name];
if (attack === undefined) throw new Error(`there is no attack ${name}`);
attack();
process.send?.('begun');
