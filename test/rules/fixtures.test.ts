import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { findingsOf, linesOf, projectOf } from '../../src/docs/example.ts';
import { casesOf, FOLDER, folders } from './cases.ts';

const updating = process.env['UPDATE_FIXTURES'] === '1';

/** What no template can bring about: a bug of ours. It is shown by test/engine. */
const UNPROVOKED = new Set(['internal-error']);

const withFixtures = rules.filter(({ meta }) => folders().includes(meta.id)).map((rule) => [rule.meta.id, rule] as const);

describe.each(withFixtures)('%s', (id, rule) => {
  const cases = casesOf(id);

  it.each(cases.map((one) => [one.source, one] as const))('%s', async (_, { project, out, kind }) => {
    const findings = await findingsOf(rule, project);
    const lines = linesOf(findings, project.main);
    if (updating) writeFileSync(out, lines);
    expect(existsSync(out), `${out} is missing: UPDATE_FIXTURES=1 npm test writes it`).toBe(true);
    expect(lines).toBe(readFileSync(out, 'utf8'));
    // What a case is called, it shows.
    const certain = findings.filter(({ certainty }) => certainty === 'certain').length;
    if (kind === 'silent') expect(lines).toBe('');
    if (kind === 'reported') expect(certain).toBeGreaterThan(0);
    if (kind === 'unknown') expect(certain).toBe(0);
  });

  it('has a case that is reported, one that is silent, and one where the deciding value is unknown', () => {
    const kinds = new Set(cases.map(({ kind }) => kind));
    expect([...kinds].toSorted(), `${FOLDER}/${id}`).toEqual(
      UNPROVOKED.has(id) ? ['silent', 'unknown'] : ['reported', 'silent', 'unknown'],
    );
  });
});

describe('examples', () => {
  const examples = rules
    .filter(({ meta }) => !UNPROVOKED.has(meta.id))
    .flatMap((rule) => [
      ...rule.examples.bad.map((example, i) => [`${rule.meta.id}: bad ${i + 1}`, { rule, example, bad: true }] as const),
      ...rule.examples.good.map((example, i) => [`${rule.meta.id}: good ${i + 1}`, { rule, example, bad: false }] as const),
    ]);

  it.each(examples)('%s', async (_, { rule, example, bad }) => {
    const findings = await findingsOf(rule, projectOf(example), example.options);
    if (bad) expect(findings.filter(({ rule: by, certainty }) => by === rule.meta.id && certainty === 'certain')).not.toEqual([]);
    else expect(findings.map(({ message }) => message)).toEqual([]);
  });
});
