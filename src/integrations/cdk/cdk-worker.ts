import { workerData, type MessagePort } from 'node:worker_threads';
import { lintCdk, type Request } from './lint-cdk.ts';

/** The thread that `sync.ts` starts. */
const { port, answers } = workerData as { readonly port: MessagePort; readonly answers: Int32Array };

async function answer(request: Request): Promise<void> {
  port.postMessage(await lintCdk(request));
  Atomics.add(answers, 0, 1);
  Atomics.notify(answers, 0);
}

port.on('message', (request: Request) => void answer(request));
