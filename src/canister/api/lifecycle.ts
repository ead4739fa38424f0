import { init, msgArgData, postUpgrade, preUpgrade, randSeed, trap } from 'azle';
import { ArgumentDecoder, CandidError } from '../codec/index.ts';
import { invalidArgument, Refusal } from '../models/agent-error.ts';
import { unlimitedWork } from '../models/work.ts';
import type { Caller } from '../policy/access/caller.ts';
import { isAnonymous } from '../policy/access/principals.ts';
import { idlOf } from './idl.ts';
import { initArgs } from './interface-types.ts';
import { currentCall } from './method.ts';
import { admins, agents, certify, refusals, store, taskTimer } from './services.ts';

const decoder = new ArgumentDecoder({ init: initArgs });
const signature = [decoder.types.map(idlOf), { manual: true }] as const;

/** What happens when the canister's code is installed or upgraded. A bad argument traps, and nothing is changed. */
export class Lifecycle {
  /** With no argument the installer becomes the first admin, so that a plain deploy works. */
  @init([...signature[0]], signature[1])
  init(): void {
    orTrap(() => {
      const call = currentCall();
      const args = readArguments();
      if (args?.owner === undefined && isAnonymous(call.principal)) {
        throw invalidArgument(
          'owner',
          'must not be the anonymous principal, which installs the service: give owner in the argument, such as (opt record { owner = opt principal "..." })',
        );
      }
      store.formerSecrets.skip();
      store.dueTakeover.skip();
      admins.configure(args?.owner ?? call.principal, call);
      agents.configure(args?.agents ?? [], call);
      begin(call);
    });
  }

  /** What waits in the heap is written. Azle seeds its random numbers anew in the round after an upgrade; until then they go on from here. */
  @preUpgrade
  preUpgrade(): void {
    refusals.write(unlimitedWork());
    store.settings.keepSeed(crypto.getRandomValues(new Uint8Array(32)));
  }

  /** An argument adds to what is there; tools pass the one of the installation again. */
  @postUpgrade([...signature[0]], signature[1])
  postUpgrade(): void {
    const seed = store.settings.takeSeed();
    if (seed !== undefined) randSeed(seed);
    orTrap(() => {
      const call = currentCall();
      const args = readArguments();
      admins.configure(args?.owner, call);
      agents.configure(args?.agents ?? [], call);
      begin(call);
    });
  }
}

function begin(call: Caller): void {
  store.settings.load();
  store.analytics.begin(call.now);
  taskTimer.start();
  certify();
}

/** Traps with the sentence alone where the argument is at fault: whoever installs is told no stack. */
function orTrap(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal || error instanceof CandidError) trap(error.message);
    throw error;
  }
}

/** Some tools send no bytes at all where there is no argument. */
function readArguments() {
  const bytes = msgArgData();
  return bytes.length === 0 ? undefined : decoder.decode(bytes).init;
}
