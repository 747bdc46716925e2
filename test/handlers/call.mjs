// Calls each handler it is told of with each event, in a process of its own, and prints what they answer.
import { pathToFileURL } from 'node:url';

const { handlers, events } = JSON.parse(
  await new Promise((resolve) => {
    let text = '';
    process.stdin.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text));
  }),
);
for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace']) console[name] = () => {};

const responseOf = (ok) => ({ ok, status: ok ? 200 : 500, json: async () => ({ items: [{ id: 1 }] }), text: async () => 'text' });

/** A promise that nobody handles ends Lambda's process, and so the call. */
let lost = () => {};
process.on('unhandledRejection', (error) => lost(error));

function call(handler, event) {
  return new Promise((resolve) => {
    const failed = (error) => resolve({ error: String(error) });
    lost = failed;
    const callback = (error, answer) => (error ? failed(error) : resolve({ answer }));
    const context = {
      awsRequestId: 'id',
      succeed: (answer) => resolve({ answer }),
      fail: failed,
      done: callback,
      getRemainingTimeInMillis: () => 3000,
    };
    try {
      const result = handler(event, context, callback);
      if (result && typeof result.then === 'function') result.then((answer) => resolve({ answer }), failed);
    } catch (error) {
      failed(error);
    }
    setTimeout(() => resolve({ error: 'it never answers' }), 500).unref();
  });
}

const results = [];
for (const { name, file, env } of handlers) {
  const before = { ...process.env };
  Object.assign(process.env, env);
  const module = await import(pathToFileURL(file).href);
  const handler = module.handler ?? module.default?.handler ?? module.default;
  const answers = [];
  for (const { event, fetches } of events) {
    globalThis.fetch = async () => {
      if (fetches === 'throws') throw new Error('no network');
      return responseOf(fetches === 'ok');
    };
    const result = await call(handler, structuredClone(event));
    answers.push(JSON.parse(JSON.stringify(result)));
  }
  results.push({ name, answers });
  for (const key of Object.keys(process.env)) if (!(key in before)) delete process.env[key];
}
process.stdout.write(JSON.stringify(results), () => process.exit(0));
