import path from 'node:path';
import type { Finding } from '../finding.ts';
import { describe } from '../value/verdict.ts';

/**
 * Text from files and paths is data: what would move a terminal's cursor, change its colours or turn the
 * reading direction is shown as an escape.
 */
export const visible = (text: string): string => text.replaceAll(ACTING, (character) => SHORT[character] ?? escaped(character));

/** Control characters, separators of lines, marks of direction. Not spelt by property: to work those out takes a millisecond. */
const ACTING = /[^ -~\u00A0-\uFFFF]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
}

/** A path as the user would write it here. */
export function shortPath(file: string, cwd: string): string {
  const way = path.relative(cwd, file);
  return visible(way === '' || way.startsWith('..') || path.isAbsolute(way) ? file : way);
}

/** The message with the worlds in which it holds: 'the origin is … (when stage = prod)'. */
export function messageOf(finding: Finding): string {
  const conditions = conditionsOf(finding);
  return bareMessageOf(finding) + (conditions === '' ? '' : ` (${conditions})`);
}

export const bareMessageOf = ({ message, constructs = [] }: Finding): string => visible(withoutStop(message.trim()) + madeBy(constructs));

const withoutStop = (text: string): string => (text.endsWith('.') ? text.slice(0, -1) : text);

/** ' (construct Prod/Shop/Api/OPTIONS)': where lines move, people know it by that. */
function madeBy([first, ...others]: readonly string[]): string {
  if (first === undefined) return '';
  return others.length > 0 ? ` (construct ${first} and ${others.length} more)` : ` (construct ${first})`;
}

/** 'when stage = dev, or when stage = prod'; empty where it always holds. */
export const conditionsOf = ({ when }: Finding): string =>
  when.length === 0
    ? ''
    : visible(
        worldsOf(when)
          .map((world) => `when ${world}`)
          .join(', or '),
      );

/** 'stage = prod', for each of the worlds. */
export const worldsOf = (when: Finding['when']): string[] => when.map(describe);

export const plural = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly possible: number;
}

/** Notes are advice, and possible findings may be none: neither is a problem. What is suppressed does not count at all. */
export function count(findings: readonly Finding[]): Counts {
  const live = findings.filter(({ suppressed }) => !suppressed);
  const certain = live.filter(({ certainty }) => certainty === 'certain');
  const of = (severity: Finding['severity']): number => certain.filter((finding) => finding.severity === severity).length;
  return { errors: of('error'), warnings: of('warning'), notes: of('note'), possible: live.length - certain.length };
}

/** 'error', 'warning', 'note'; 'possible' whatever its severity would be. */
export type Kind = Finding['severity'] | 'possible';
export const kindOf = ({ certainty, severity }: Finding): Kind => (certainty === 'possible' ? 'possible' : severity);

/** JSON lets the C1 control characters through, which a terminal may obey, and halves of characters, which not every reader takes. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, (_, one: unknown) => (typeof one === 'string' ? wellFormed(one) : one)).replaceAll(
    /[\u007f-\u009f]/g,
    (one) => `\\u00${one.charCodeAt(0).toString(16)}`,
  )}\n`;

/** Without halves of surrogate pairs. */
export const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
