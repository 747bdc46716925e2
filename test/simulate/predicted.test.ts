import path from 'node:path';
import { expect, it } from 'vitest';
import { browse } from '../../src/browser/browse.ts';
import { misjudged, predictions, realOf, saidOf, spoilt, type Opened, type Predicted, type Truth } from './predicted.ts';

/** What the evaluator makes of the answers, in place of the browser that `npm run end-to-end` asks. */
const seen = (one: Predicted): string => {
  const { ok, reason, preflights } = browse(one.request, one, { profile: 'chromium' });
  return realOf({ ok, reason: reason ?? null, preflights });
};

it('every prediction can be held against a browser, and one that is spoilt is noticed', { timeout: 120_000 }, async () => {
  const { predicted, opened } = await predictions(path.resolve('fixtures/dialects'));
  expect(new Set(predicted.map(({ api }) => api)).size).toBeGreaterThanOrEqual(40);
  expect(predicted.some(({ reason }) => reason === undefined)).toBe(true);
  expect(predicted.filter((one) => seen(one) !== saidOf(one))).toEqual([]);
  const ways = (one: Opened): Pick<Truth, 'ok' | 'reason'>[] => one.ways.map((way) => browse(way.request, way, { profile: 'chromium' }));
  expect(opened.flatMap((one) => misjudged(one, ways(one)) ?? [])).toEqual([]);
  expect(opened.filter(({ outcome }) => outcome.kind === 'unknown').length).toBeGreaterThan(0);
  // It would be noticed if something passed that is said to be open.
  expect(opened.filter((one) => misjudged(one, [{ ok: true, reason: null }]) === undefined && one.outcome.kind !== 'passes')).toEqual([]);
  expect(spoilt(predicted).filter((one) => seen(one) === saidOf(one))).toEqual([]);
});
