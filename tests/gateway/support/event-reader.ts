/** Follows an event stream as a browser does: it connects again where the stream ends, and goes on after the last id that it had. */
export class EventReader {
  /** The ids of the activities so far, in the order in which they came. */
  readonly ids: string[] = [];
  readonly #ended = new AbortController();
  #lastEventId: string;

  constructor(url: string, key: string, lastEventId: string) {
    this.#lastEventId = lastEventId;
    void this.#follow(url, key);
  }

  end(): void {
    this.#ended.abort();
  }

  async #follow(url: string, key: string): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      try {
        const headers = { authorization: `Bearer ${key}`, 'last-event-id': this.#lastEventId };
        const { body } = await fetch(url, { headers, signal });
        await this.#read(body);
      } catch {
        // Nobody answers, or the connection was cut.
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #read(body: ReadableStream<Uint8Array> | null): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const part of body ?? []) {
      const blocks = (text + decoder.decode(part, { stream: true })).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const [, id] = /^id: (.*)$/m.exec(block) ?? [];
    if (id === undefined) return;
    this.#lastEventId = id;
    if (block.includes('event: activity')) this.ids.push(id);
  }
}
