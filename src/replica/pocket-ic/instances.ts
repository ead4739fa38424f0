import type { FastifyInstance } from 'fastify';
import { createHttpInterface } from '../http/http-interface.ts';
import { AutoProgress } from './auto-progress.ts';
import { BadRequest } from './bad-request.ts';
import { PocketIcInstance } from './instance.ts';
import type { InstanceConfig } from './instance-config.ts';
import { InstanceFolder } from './instance-folder.ts';
import type { Json } from './wire.ts';
import { WorkQueue } from './work-queue.ts';

/** An instance as a server has it. */
export interface HostedInstance {
  readonly id: number;
  readonly instance: PocketIcInstance;
  readonly queue: WorkQueue<Json>;
  readonly progress: AutoProgress;
  /** The Internet Computer's HTTP interface in front of it; it listens nowhere itself. */
  readonly http: FastifyInstance;
  /** Where its state is kept; undefined where it lives in memory alone. */
  readonly folder: InstanceFolder | undefined;
}

/** The instances of a server. An id is not given twice. */
export class Instances {
  /** At the place of its id; undefined where it was deleted. */
  readonly #instances: (HostedInstance | undefined)[] = [];

  /** Makes one, or goes on with the one that its folder has. Rejects with a `StateDirectoryError` where that cannot be used. */
  async create(config: InstanceConfig): Promise<HostedInstance> {
    const folder =
      config.stateDirectory === undefined ? undefined : await this.#open(config.stateDirectory, config);
    const instance = folder?.instance ?? new PocketIcInstance(config);
    const http = createHttpInterface(instance.http);
    await http.ready();
    const id = this.#instances.length;
    const progress = new AutoProgress(instance);
    const hosted = { id, instance, queue: new WorkQueue<Json>(labelOf(id)), progress, http, folder };
    this.#instances.push(hosted);
    return hosted;
  }

  /** Refuses an id that no instance has, or has any more. */
  get(id: string): HostedInstance {
    const instance = /^\d+$/.test(id) ? this.#instances[Number(id)] : undefined;
    if (instance === undefined) throw new BadRequest(`Instance not found: there is no instance ${id}`, 404);
    return instance;
  }

  /** The instance that labels its operations so; undefined where there is none. */
  withLabel(label: string): HostedInstance | undefined {
    return this.#instances.find((instance) => instance !== undefined && labelOf(instance.id) === label);
  }

  /** What each is doing, by id. */
  states(): readonly string[] {
    return this.#instances.map((instance) => {
      if (instance === undefined) return 'Deleted';
      return instance.queue.isBusy ? 'Busy' : 'Available';
    });
  }

  async delete(id: string): Promise<void> {
    const hosted = this.get(id);
    this.#instances[hosted.id] = undefined;
    await close(hosted);
  }

  async #open(directory: string, config: InstanceConfig): Promise<InstanceFolder> {
    const folder = await InstanceFolder.open(directory, { ...config, tell: console.error });
    try {
      if (config.time !== undefined) folder.instance.setTime(config.time);
      return folder;
    } catch (error) {
      folder.close();
      throw error;
    }
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#instances.flatMap((hosted) => (hosted === undefined ? [] : [close(hosted)])));
  }
}

async function close({ instance, progress, http, folder }: HostedInstance): Promise<void> {
  progress.stop();
  await http.close();
  instance.close();
  folder?.close();
}

function labelOf(id: number): string {
  return `instance-${id}`;
}
