#!/usr/bin/env node
/** For icp: ICP_CLI_NETWORK_LAUNCHER_PATH=<this file> icp network start. Needs the packages that `npm start` installs. */
import { register } from 'tsx/esm/api';

register();
await import('../src/cli/launcher.ts');
