import { readFileSync } from 'node:fs';
import type { Answers, PageRequest } from '../../src/browser/types.ts';
import type { Reason } from '../../src/browser/reasons.ts';

/** What a browser did, or the standard says it should. */
export interface Expected {
  readonly ok: boolean;
  readonly reason: Reason | null;
  readonly preflights: number;
  readonly reachesServer: boolean;
  readonly acrm?: string;
  readonly acrh?: string | null;
  readonly type?: string;
  readonly exposedHeaders?: readonly string[];
  readonly finalOrigin?: string;
}

/** A row of a table: see README.md. */
export interface Case extends Answers {
  readonly id: string;
  readonly source: string;
  readonly note?: string;
  readonly request: PageRequest;
  /** Of Chromium. */
  readonly expected: Expected;
  /** Of the standard, where it differs. */
  readonly spec?: Expected;
  readonly disagreement?: string;
  readonly chromium?: { readonly corsError?: string; readonly failedParameter?: string; readonly console: string };
}

const table = (name: string): readonly Case[] => JSON.parse(readFileSync(`test/browser/${name}.json`, 'utf8')) as readonly Case[];

export const cases = table('cors-cases');
/** What differences in generated cases led to. */
export const more = table('more-cases');

const COMPARED = ['ok', 'reason', 'preflights', 'reachesServer', 'acrm', 'acrh', 'type', 'exposedHeaders', 'finalOrigin'] as const;

/** What is compared of an outcome: all that the table says. Where the last Origin went is said of some cases alone. */
export function comparable(outcome: object, expected: Expected): Record<string, unknown> {
  const all = new Map(Object.entries(outcome));
  return Object.fromEntries(
    COMPARED.filter((key) => key !== 'finalOrigin' || key in expected).flatMap((key) => (all.has(key) ? [[key, all.get(key)]] : [])),
  );
}
