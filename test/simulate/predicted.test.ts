import path from 'node:path';
import { expect, it } from 'vitest';
import { browse } from '../../src/browser/browse.ts';
import { predictions, realOf, saidOf, spoilt, type Predicted } from './predicted.ts';

/** What the evaluator makes of the answers, in place of the browser that `npm run end-to-end` asks. */
const seen = (one: Predicted): string => {
  const { ok, reason, preflights } = browse(one.request, one, { profile: 'chromium' });
  return realOf({ ok, reason: reason ?? null, preflights });
};

it('every prediction can be held against a browser, and one that is spoilt is noticed', { timeout: 120_000 }, async () => {
  const { predicted } = await predictions(path.resolve('fixtures/dialects'));
  expect(new Set(predicted.map(({ api }) => api)).size).toBeGreaterThanOrEqual(40);
  expect(predicted.some(({ reason }) => reason === undefined)).toBe(true);
  expect(predicted.filter((one) => seen(one) !== saidOf(one))).toEqual([]);
  expect(spoilt(predicted).filter((one) => seen(one) === saidOf(one))).toEqual([]);
});
