import { readFileSync } from 'node:fs';
import { beforeAll, onTestFinished } from 'vitest';
import { type LocalGateway, startLocalGateway } from '../../../src/cli/local/local-gateway.ts';
import { type OpenService, openLocalService } from './local-service.ts';

/** The gateway in front of a local service, as `npm start` has it, until the test ends. */
export async function setupLocalGateway(service: OpenService): Promise<LocalGateway> {
  const gateway = await openLocalGateway(service);
  onTestFinished(() => gateway.close());
  return gateway;
}

/** A local service and its gateway, which the tests of a file share. */
export function sharedGateway() {
  let service: OpenService;
  let gateway: LocalGateway;
  beforeAll(async () => {
    service = await openLocalService();
    gateway = await openLocalGateway(service);
    return async () => {
      await gateway.close();
      await service.close();
    };
  });
  return {
    service: () => service,
    gateway: () => gateway,
    /** The development agent's API key. */
    key: () => readFileSync(gateway.agentKey, 'utf8').trim(),
  };
}

function openLocalGateway(service: OpenService): Promise<LocalGateway> {
  return startLocalGateway(service, { directory: service.directory, host: '127.0.0.1', port: 0 });
}
