import { mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { utf8 } from '../../../../src/replica/codec/bytes.ts';
import { Canister } from '../../../../src/replica/state/canister.ts';
import { canisterIdOf } from '../../../../src/replica/state/canister-ids.ts';
import { defaultSettings } from '../../../../src/replica/state/canister-settings.ts';
import { StableMemory } from '../../../../src/replica/state/stable-memory.ts';
import { CheckpointDirectory } from '../../../../src/replica/state-folder/checkpoint/checkpoint.ts';
import { setupDirectory } from '../../support/setup-directory.ts';

const SEGMENT = 1024 * 1024;

function setupCheckpoint(directory = setupDirectory()) {
  const checkpoint = new CheckpointDirectory<number>(directory);
  onTestFinished(() => checkpoint.release());
  const blobs = () => new Set(readdirSync(join(directory, 'blobs')));
  return { checkpoint, directory, blobs };
}

/** A canister with so many segments of stable memory, each different. */
function createCanister(segments: number): Canister {
  const canister = new Canister(canisterIdOf(1n), defaultSettings([]));
  const stable = new StableMemory(canister.stable);
  stable.grow((segments * SEGMENT) / 65_536);
  for (let i = 0; i < segments; i++) stable.write(i * SEGMENT, utf8(`segment ${i}`));
  stable.commit();
  return canister;
}

function write(canister: Canister, offset: number, text: string): void {
  const stable = new StableMemory(canister.stable);
  stable.write(offset, utf8(text));
  stable.commit();
}

function read(canister: Canister | undefined, offset: number, length: number): string {
  if (canister === undefined) throw new Error('no canister');
  const bytes = new Uint8Array(length);
  new StableMemory(canister.stable).read(offset, bytes);
  return new TextDecoder().decode(bytes);
}

/** What is in one set and not in the other. */
function without(names: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
  return [...names].filter((name) => !others.has(name));
}

describe('CheckpointDirectory', () => {
  it('is empty at first, and then has what was saved last', () => {
    const { checkpoint } = setupCheckpoint();
    expect(checkpoint.load()).toBeUndefined();
    checkpoint.save({ canisters: [], rest: 1 });
    checkpoint.save({ canisters: [createCanister(0)], rest: 2 });
    expect(checkpoint.load()).toMatchObject({ rest: 2, canisters: [{ id: canisterIdOf(1n) }] });
  });

  it('writes of stable memory only the segments that changed', () => {
    const { checkpoint, blobs } = setupCheckpoint();
    const canister = createCanister(5);
    checkpoint.save({ canisters: [canister], rest: 0 });
    const before = blobs();
    expect(before.size).toBe(5);
    write(canister, 3 * SEGMENT + 70_000, 'changed');
    checkpoint.save({ canisters: [canister], rest: 0 });
    expect(without(blobs(), before).length).toBe(1);
    expect(without(before, blobs()).length).toBe(1);
    const [loaded] = checkpoint.load()?.canisters ?? [];
    expect(read(loaded, 3 * SEGMENT + 70_000, 7)).toBe('changed');
    expect(read(loaded, 4 * SEGMENT, 9)).toBe('segment 4');
  });

  it('writes nothing again that was loaded', () => {
    const { checkpoint, directory, blobs } = setupCheckpoint();
    checkpoint.save({ canisters: [createCanister(3)], rest: 0 });
    const before = blobs();
    checkpoint.release();
    const second = setupCheckpoint(directory);
    const { canisters } = second.checkpoint.load() ?? { canisters: [] };
    second.checkpoint.save({ canisters, rest: 1 });
    expect(blobs()).toEqual(before);
  });

  it('forgets stable memory that was cleared', () => {
    const { checkpoint, blobs } = setupCheckpoint();
    const canister = createCanister(3);
    checkpoint.save({ canisters: [canister], rest: 0 });
    const stable = new StableMemory(canister.stable);
    stable.clear();
    stable.grow(1);
    stable.commit();
    checkpoint.save({ canisters: [canister], rest: 0 });
    expect(blobs().size).toBe(0);
    const [loaded] = checkpoint.load()?.canisters ?? [];
    expect(loaded?.stable.wasmPages).toBe(1);
    expect(read(loaded, 0, 4)).toBe('\0\0\0\0');
  });

  it('has the state before where saving ended between blobs and manifest, and saves all the next time', () => {
    const { checkpoint, directory, blobs } = setupCheckpoint();
    const canister = createCanister(2);
    checkpoint.save({ canisters: [canister], rest: 1 });
    write(canister, SEGMENT, 'newer!');
    const draft = join(directory, 'manifest.draft');
    mkdirSync(draft);
    expect(() => checkpoint.save({ canisters: [canister], rest: 2 })).toThrow();
    checkpoint.release();

    const second = setupCheckpoint(directory);
    const old = second.checkpoint.load();
    expect(old?.rest).toBe(1);
    expect(read(old?.canisters[0], SEGMENT, 9)).toBe('segment 1');

    rmdirSync(draft);
    checkpoint.save({ canisters: [canister], rest: 3 });
    const now = second.checkpoint.load();
    expect(now?.rest).toBe(3);
    expect(read(now?.canisters[0], SEGMENT, 6)).toBe('newer!');
    expect(blobs().size).toBe(2);
  });

  it('saves what changed before a blob could not be written', () => {
    const { checkpoint, directory, blobs } = setupCheckpoint();
    const canister = createCanister(2);
    checkpoint.save({ canisters: [canister], rest: 1 });
    // The name that the changed segment will have, learned from another folder.
    const twin = setupCheckpoint();
    const changed = createCanister(2);
    write(changed, 0, 'changed');
    twin.checkpoint.save({ canisters: [changed], rest: 0 });
    const [name] = without(twin.blobs(), blobs());

    write(canister, 0, 'changed');
    const obstacle = join(directory, 'blobs', `${name}.draft`);
    mkdirSync(obstacle);
    expect(() => checkpoint.save({ canisters: [canister], rest: 2 })).toThrow();
    rmdirSync(obstacle);
    checkpoint.save({ canisters: [canister], rest: 3 });
    expect(read(checkpoint.load()?.canisters[0], 0, 7)).toBe('changed');
  });
});
