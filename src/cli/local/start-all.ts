import { fileTrouble } from '../networks/file-trouble.ts';
import { removeNetworkFile, writeNetworkFile } from '../networks/network-file.ts';
import { type LocalDashboardOptions, startLocalDashboard } from './local-dashboard.ts';
import { type LocalGateway, startLocalGateway } from './local-gateway.ts';
import { type LocalOptions, type LocalService, startLocalService } from './local-service.ts';
import { networkFacts } from './network-facts.ts';

/** How network, gateway and dapp are started together. */
export interface StartOptions extends LocalOptions {
  readonly gateway: { readonly host: string; readonly port?: number | undefined };
  readonly dashboard: Pick<LocalDashboardOptions, 'host' | 'port' | 'identityProvider'>;
}

/** All that `start` runs. */
export interface LocalParts {
  readonly service: LocalService;
  readonly gateway: LocalGateway;
  readonly dashboardUrl: string;
  /** Writes network.json, as all that it tells of serves. Where that fails, everything is stopped. */
  publish(): Promise<void>;
  /** Removes network.json, stops everything and saves the state. */
  close(): Promise<void>;
}

/** Starts the network with the service, the gateway and the dapp. Where one of them does not start, those before it are stopped. */
export async function startAll(options: StartOptions): Promise<LocalParts> {
  const { directory, host, progress } = options;
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const each of closers.toReversed()) await each();
  };
  /** Does a part of it; what was started is stopped where it fails. */
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      await close();
      throw fileTrouble(error, directory);
    }
  };
  return attempt(async () => {
    const service = await startLocalService(options);
    closers.push(() => service.close());
    const gateway = await progress.step('Gateway', () =>
      startLocalGateway(service, { directory, ...options.gateway }),
    );
    closers.push(() => gateway.close());
    const dashboard = await progress.step('Dashboard', () =>
      startLocalDashboard(service, { directory, networkHost: host, ...options.dashboard }),
    );
    closers.push(() => dashboard.close());
    const publish = async () => {
      writeNetworkFile(directory, {
        ...networkFacts(service),
        gateway_url: gateway.url,
        agent_key: gateway.agentKey,
        dashboard_url: dashboard.url,
      });
      // Before anything stops: who finds the file can call what it tells of.
      closers.push(async () => removeNetworkFile(directory));
    };
    return { service, gateway, dashboardUrl: dashboard.url, publish: () => attempt(publish), close };
  });
}
