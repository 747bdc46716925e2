import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import type { Reply, Request } from './lint-cdk.ts';

/** So long may the answer take; a large app takes seconds. */
const PATIENCE = 120_000;

interface Engine {
  readonly port: MessagePort;
  /** How many answers there were. */
  readonly answers: Int32Array;
}

let engine: Engine | undefined;

/**
 * The answer, waited for: the CDK asks its plugins, and matchers are asked, where nothing may be awaited. The work is done by a thread of
 * its own, which stays for the next question and keeps no process from ending.
 */
export function ask(request: Request): Reply {
  engine ??= start();
  const { port, answers } = engine;
  const before = Atomics.load(answers, 0);
  port.postMessage(request);
  Atomics.wait(answers, 0, before, PATIENCE);
  const received = receiveMessageOnPort(port);
  if (received) return received.message as Reply;
  engine = undefined;
  return { kind: 'failed', why: 'cors-lint failed, by a fault of its own: it gave no answer. Please report it' };
}

function start(): Engine {
  const { port1, port2 } = new MessageChannel();
  const answers = new Int32Array(new SharedArrayBuffer(4));
  // Without what the process itself was started with: loaders of TypeScript have nothing to do there.
  const worker = new Worker(new URL('./cdk-worker.js', import.meta.url), {
    workerData: { port: port2, answers },
    transferList: [port2],
    execArgv: [],
  });
  worker.unref();
  return { port: port1, answers };
}
