import type { CorsHeaders, OriginPattern } from './api.ts';
import { arms } from './asking.ts';
import { shown } from './names.ts';
import { all } from '../value/verdict.ts';

/** Expressions in which a dot between two names is none. */
export function* loosePatterns({ origin }: CorsHeaders) {
  for (const [arm, stands] of arms(origin)) {
    for (const { text } of arm.value.kind === 'echo' ? arm.value.among.filter(isExpression) : []) {
      for (const [one, isSo] of arms(text, isLoose)) yield { pattern: shown(one), isSo: all(stands, isSo), at: one.from };
    }
  }
}

const isExpression = ({ match }: OriginPattern): boolean => match === 'regex';
const LOOSE = /(?<=[A-Za-z0-9])\.(?=[A-Za-z0-9])/;
const isLoose = (pattern: string): boolean => LOOSE.test(pattern);

/** A host that only looks like it. */
export const strangerFor = (pattern: string): string => pattern.replace(LOOSE, 'x');
