import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { Report } from '../../../src/report/report.ts';
import { sarif } from '../../../src/report/sarif.ts';
import type { Result } from '../../../src/report/sarif/result.ts';
import type { Descriptor } from '../../../src/report/sarif/rules.ts';

/** As much of a log as the tests look at. */
export interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly [Run];
}

export interface Run {
  readonly tool: { readonly driver: Readonly<Record<string, unknown>> & { readonly rules: readonly Descriptor[] } };
  readonly results: readonly Result[];
  readonly invocations: readonly [{ readonly executionSuccessful: boolean; readonly toolExecutionNotifications?: readonly Notification[] }];
  readonly [key: string]: unknown;
}

interface Notification {
  readonly level: string;
  readonly message: { readonly text: string };
}

export const logOf = (report: Report): Log => JSON.parse(sarif(report)) as Log;
export const runOf = (report: Report): Run => logOf(report).runs[0];
export const resultsOf = (report: Report): readonly Result[] => runOf(report).results;

/** What a CommonJS module's default is depends on who asks. */
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

let compiled: ValidateFunction | undefined;

/** What the standard's schema has against a log. Compiling it takes half a second, so once. */
export function faultsOf(log: unknown): string[] {
  if (!compiled) {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(ajv);
    compiled = ajv.compile(JSON.parse(readFileSync('test/report/sarif/sarif-2.1.0.json', 'utf8')) as object);
  }
  compiled(log);
  return (compiled.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}

/** Every value in a log, with the way to it. */
export function* values(value: unknown, at = ''): Iterable<readonly [string, unknown]> {
  yield [at, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) yield* values(child, `${at}/${key}`);
}
