import { expect } from 'vitest';
import { activate } from '../../src/engine/active.ts';
import { check } from '../../src/engine/check.ts';
import type { Finding } from '../../src/finding.ts';
import type { Model } from '../../src/model/api.ts';
import type { Rule } from '../../src/rule.ts';
import { describe } from '../../src/value/verdict.ts';
import { textAt } from './model.ts';

/** What some rules find, each as one line: 'error when stage = prod: the message «at this text»'. */
export function found(rules: Rule | readonly Rule[], model: Model): string[] {
  const { findings, crashes } = check(activate([rules].flat(), 'strict'), model);
  expect(crashes).toEqual([]);
  return findings.map(lineOf);
}

const lineOf = ({ certainty, severity, when, message, primary }: Finding): string =>
  [
    certainty === 'possible' ? `possible ${severity}` : severity,
    ...when.map((world, i) => `${i === 0 ? 'when' : 'or'} ${describe(world)}`),
  ].join(' ') + `: ${message} «${textAt(primary)}»`;

/** The ids of the messages alone, where their words are shown elsewhere. */
export const messagesOf = (rules: Rule | readonly Rule[], model: Model): string[] =>
  check(activate([rules].flat(), 'strict'), model).findings.map(({ messageId, certainty }) =>
    certainty === 'possible' ? `${messageId}?` : messageId,
  );
