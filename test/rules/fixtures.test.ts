import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { findingsOf, linesOf, projectOf } from '../../src/docs/example.ts';
import { casesOf, FOLDER, folders } from './cases.ts';

const updating = process.env['UPDATE_FIXTURES'] === '1';

/** What no template can bring about: a bug of ours. It is shown by test/engine. */
const UNPROVOKED = new Set(['internal-error']);

describe.each(rules.filter(({ meta }) => folders().includes(meta.id)))('$meta.id', (rule) => {
  const { id } = rule.meta;
  const cases = casesOf(id);

  it.each(cases)('$source', async ({ project, out, kind }) => {
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
  const examples = rules.flatMap((rule) => [
    ...rule.examples.bad.map((example, i) => ({ rule, example, name: `${rule.meta.id}: bad ${i + 1}`, bad: true })),
    ...rule.examples.good.map((example, i) => ({ rule, example, name: `${rule.meta.id}: good ${i + 1}`, bad: false })),
  ]);

  it.each(examples.filter(({ rule }) => !UNPROVOKED.has(rule.meta.id)))('$name', async ({ rule, example, bad }) => {
    const findings = await findingsOf(rule, projectOf(example), example.options);
    if (bad) expect(findings.filter(({ rule: by, certainty }) => by === rule.meta.id && certainty === 'certain')).not.toEqual([]);
    else expect(findings.map(({ message }) => message)).toEqual([]);
  });
});
