import { describe, expect, it } from 'vitest';
import { browse } from '../../src/browser/browse.ts';
import { CHROMIUM_TEXTS, chromiumTexts } from '../../src/browser/messages/chromium.ts';
import { cases, more } from './cases.ts';

/** DevTools reads bytes above 0x7F as UTF-8. */
const decoded = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

const failed = [...cases, ...more].flatMap(({ id, request, chromium, preflight, response }) => {
  const outcome = browse(request, { preflight, response }, { profile: 'chromium' });
  return chromium && !outcome.ok ? [{ id, request, outcome, chromium }] : [];
});

describe('what Chromium says', () => {
  it('names the value, the method or one of the headers that the outcome names', () => {
    const named = failed.filter(({ chromium }) => chromium.failedParameter !== undefined);
    expect(named.length).toBeGreaterThan(100);
    expect(
      named.filter(
        ({ outcome, chromium }) => !(outcome.names ?? [outcome.value ?? '']).map(decoded).includes(chromium.failedParameter ?? ''),
      ),
    ).toEqual([]);
  });

  it('is what chromiumTexts() says', () => {
    const about = failed.filter(({ chromium }) => !chromium.console.startsWith('Failed to'));
    expect(about.length).toBeGreaterThan(250);
    const said = (text: string): string => text.replace(/(?<=^Mixed Content: The page at '[^']*)__page/, '');
    expect(
      about.flatMap(({ id, request, outcome, chromium }) => {
        const texts = chromiumTexts(request, outcome);
        return texts.includes(said(chromium.console)) ? [] : [{ id, texts, said: chromium.console }];
      }),
    ).toEqual([]);
  });

  it('has a text for every reason that the table holds', () =>
    expect(failed.map(({ outcome }) => outcome.reason).filter((reason) => !(reason in CHROMIUM_TEXTS))).toEqual([]));
});
