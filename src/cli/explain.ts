import { didYouMean, Misuse, noSuchRule } from '../config/misuse.ts';
import { findingsOf, linesOf, projectOf } from '../docs/example.ts';
import { nameOf, page } from '../docs/page.ts';
import type { Rule } from '../rule.ts';
import { drawn, type Drawing } from './terminal.ts';

/** What `cors-lint explain <rule>` prints: the rule's page, its examples linted just now. */
export async function explain(operands: readonly string[], rules: readonly Rule[], drawing: Drawing): Promise<string> {
  const [id, ...others] = operands;
  if (id === undefined || others.length > 0)
    throw new Misuse('name one rule, as in cors-lint explain missing-cors; `cors-lint rules` lists them all');
  if (id.startsWith('diff-')) return drawn(await differencePage(id), drawing);
  const rule = rules.find(({ meta }) => meta.id === id);
  if (!rule) return explainedReason(id, rules);
  const markdown = await page(rule, async (example) =>
    linesOf(await findingsOf(rule, projectOf(example), example.options), nameOf(example)),
  );
  return drawn(markdown, drawing);
}

/** Nor is what the simulator's table says of a refusal; where a rule has the same name, the rule says more. */
async function explainedReason(id: string, rules: readonly Rule[]): Promise<string> {
  const { explainReason } = await import('./message.ts');
  const text = explainReason(id);
  if (text !== undefined) return text;
  throw noSuchRule(
    id,
    rules.map(({ meta }) => meta.id),
  );
}

/** What `diff` tells is no rule's. */
async function differencePage(id: string): Promise<string> {
  const { kindPage, KIND_IDS } = await import('../diff/page.ts');
  const text = kindPage(id);
  if (text === undefined) throw new Misuse(`diff tells no "${id}"${didYouMean(id, KIND_IDS)}; there are ${KIND_IDS.join(', ')}`);
  return text;
}
