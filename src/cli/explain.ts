import { Misuse, noSuchRule } from '../config/misuse.ts';
import { findingsOf, linesOf, projectOf } from '../docs/example.ts';
import { nameOf, page } from '../docs/page.ts';
import type { Rule } from '../rule.ts';
import { drawn, type Drawing } from './terminal.ts';

/** What `cors-lint explain <rule>` prints: the rule's page, its examples linted just now. */
export async function explain(operands: readonly string[], rules: readonly Rule[], drawing: Drawing): Promise<string> {
  const [id, ...others] = operands;
  if (id === undefined || others.length > 0)
    throw new Misuse('name one rule, as in cors-lint explain missing-cors; `cors-lint rules` lists them all');
  const rule = rules.find(({ meta }) => meta.id === id);
  if (!rule)
    throw noSuchRule(
      id,
      rules.map(({ meta }) => meta.id),
    );
  const markdown = await page(rule, async (example) =>
    linesOf(await findingsOf(rule, projectOf(example), example.options), nameOf(example)),
  );
  return drawn(markdown, drawing);
}
