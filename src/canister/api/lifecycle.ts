import { init, msgArgData, postUpgrade } from 'azle';
import { ArgumentDecoder } from '../codec/index.ts';
import { currentCall } from './endpoint.ts';
import { idlOf } from './idl.ts';
import { initArgs } from './interface-types.ts';
import { admins, agents, expiryTimer, settings } from './services.ts';

const decoder = new ArgumentDecoder({ init: initArgs });
const signature = [decoder.types.map(idlOf), { manual: true }] as const;

/** What happens when the canister's code is installed or upgraded. A bad argument traps, and nothing is changed. */
export class Lifecycle {
  /** With no argument the installer becomes the first admin, so that a plain deploy works. */
  @init([...signature[0]], signature[1])
  init(): void {
    const call = currentCall();
    const args = readArguments();
    admins.configure(args?.owner ?? call.principal, call);
    agents.configure(args?.agents ?? [], call);
    settings.load();
    expiryTimer.start();
  }

  /** An argument adds to what is there; tools pass the one of the installation again. */
  @postUpgrade([...signature[0]], signature[1])
  postUpgrade(): void {
    const call = currentCall();
    const args = readArguments();
    admins.configure(args?.owner, call);
    agents.configure(args?.agents ?? [], call);
    settings.load();
    expiryTimer.start();
  }
}

/** Some tools send no bytes at all where there is no argument. */
function readArguments() {
  const bytes = msgArgData();
  return bytes.length === 0 ? undefined : decoder.decode(bytes).init;
}
