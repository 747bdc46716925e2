import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryIo } from '../../src/config/memory-io.ts';
import { lint } from '../../src/lint.ts';
import { KINDS } from '../../src/simulate/journey.ts';
import { tableOf } from '../../src/simulate/table.ts';
import { positionAt } from '../../src/source/lines.ts';

const ROOT = path.resolve('/repository');
const ORIGIN = 'https://shop.example.com';

/** What a page of the shop sees of each endpoint: 'PUT /orders: preflight passes, success passes, handler-error blocked by acao-missing at orders.js:3'. */
async function seen(service: string, code: string): Promise<string[]> {
  const files = { 'serverless.yml': `service: shop\nprovider: { name: aws, runtime: nodejs22.x }\n${service}`, 'orders.js': code };
  const contents = Object.fromEntries(Object.entries(files).map(([name, text]) => [path.join(ROOT, name), text]));
  const { lifted } = await lint([path.join(ROOT, 'serverless.yml')], { cwd: ROOT, config: false }, memoryIo(contents));
  return lifted.flatMap(({ model }) =>
    tableOf(model, 'serverless.yml', { origins: [ORIGIN], headers: [], credentials: undefined, clients: {} }).map(({ endpoint, cells }) => {
      const shown = KINDS.flatMap((kind) => {
        const outcome = cells[kind]?.outcome;
        if (!outcome || kind === 'gateway-error') return [];
        if (outcome.kind !== 'blocked') return [`${kind} ${outcome.kind}`];
        return [
          `${kind} ${outcome.reason} at ${path.basename(outcome.at.file.path)}:${positionAt(outcome.at.file, outcome.at.start).line}`,
        ];
      });
      return `${endpoint}: ${shown.join(', ')}`;
    }),
  );
}

describe('answers of code', () => {
  it('are a success and an error of its own', async () =>
    expect(
      await seen(
        `functions: { orders: { handler: orders.handler, events: [{ http: { path: orders, method: put, cors: true } }] } }`,
        `exports.handler = async (event) => {
  if (!event.body) return { statusCode: 400, body: 'no body' };
  return { statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' }, body: '[]' };
};`,
      ),
    ).toEqual(['PUT /orders: preflight passes, success passes, handler-error acao-missing at orders.js:2']));

  it('are those of a preflight too', async () =>
    expect(
      await seen(
        `functions: { orders: { handler: orders.handler, events: [{ http: { path: orders, method: options } }, { http: { path: orders, method: put } }] } }`,
        `const headers = { 'Access-Control-Allow-Origin': '${ORIGIN}', 'Access-Control-Allow-Methods': 'PUT' };
exports.handler = async (event) =>
  event.httpMethod === 'OPTIONS' ? { statusCode: 204, headers } : { statusCode: 200, headers, body: '[]' };`,
      ),
    ).toEqual(['PUT /orders: preflight passes, success passes']));

  it('block a preflight that they have no way for', async () =>
    expect(
      await seen(
        `functions: { orders: { handler: orders.handler, events: [{ http: { path: orders, method: options } }, { http: { path: orders, method: put } }] } }`,
        `exports.handler = async () => ({ statusCode: 404, headers: { 'Access-Control-Allow-Origin': '${ORIGIN}' } });`,
      ),
    ).toEqual(['PUT /orders: preflight preflight-status at orders.js:1']));

  it('are open where one of them is not followed', async () =>
    expect(
      await seen(
        `functions: { orders: { handler: orders.handler, events: [{ http: { path: orders, method: get, cors: true } }] } }`,
        `const { wrap } = require('our-platform');\nexports.handler = wrap(async () => ({ statusCode: 200 }));`,
      ),
    ).toEqual(['GET /orders: success unknown, handler-error unknown']));

  it('come on top of those of a function URL', async () =>
    expect(
      await seen(
        `functions: { orders: { handler: orders.handler, url: { cors: true } } }`,
        `exports.handler = async (event) => {
  if (!event.body) return { statusCode: 400, body: 'no body' };
  return { statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' }, body: '[]' };
};`,
      ),
    ).toEqual(['ANY /: success acao-multiple at orders.js:3, handler-error passes']));
});
