import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

type Params = Readonly<Record<string, unknown>>;

/** One page's half of the conversation. */
export interface Session {
  send(method: string, params?: Params): Promise<unknown>;
  on(event: string, heard: (params: Params) => void): void;
  once(event: string): Promise<unknown>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** The DevTools protocol over the pipe of `--remote-debugging-pipe`: JSON on descriptors 3 and 4, parted by NUL. */
export class DevTools {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { done: (result: unknown) => void; failed: (error: Error) => void }>();
  readonly #events = new EventEmitter();
  readonly #gone: Promise<unknown>;
  #last = 0;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#gone = once(child, 'exit');
    this.#gone.then(
      () => this.#abandon('the browser has ended'),
      (error: unknown) => this.#abandon(`the browser did not start: ${String(error)}`),
    );
    let rest = '';
    const decoder = new TextDecoder();
    (child.stdio[4] as Readable).on('data', (data: Buffer) => {
      const messages = (rest + decoder.decode(data, { stream: true })).split('\0');
      rest = messages.pop() ?? '';
      for (const message of messages) this.#hear(JSON.parse(message) as Message);
    });
    // It says so by ending.
    (child.stdio[3] as Writable).on('error', () => undefined);
  }

  send(method: string, params: Params = {}, sessionId?: string): Promise<unknown> {
    const id = ++this.#last;
    (this.#child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    return new Promise((done, failed) => this.#waiting.set(id, { done, failed }));
  }

  session(id: string): Session {
    return {
      send: (method, params) => this.send(method, params, id),
      on: (event, heard) => void this.#events.on(`${id} ${event}`, heard),
      once: (event) => once(this.#events, `${id} ${event}`),
    };
  }

  /** Asks the browser to end, and ends it if it does not. */
  async close(): Promise<void> {
    this.send('Browser.close').catch(() => undefined);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    await this.#gone;
    clearTimeout(timer);
  }

  #hear({ id, method, params, result, error, sessionId }: Message): void {
    if (method !== undefined) this.#events.emit(`${sessionId} ${method}`, params);
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || !waiting) return;
    this.#waiting.delete(id);
    if (error) waiting.failed(new Error(error.message));
    else waiting.done(result);
  }

  #abandon(why: string): void {
    for (const { failed } of this.#waiting.values()) failed(new Error(why));
    this.#waiting.clear();
  }
}
