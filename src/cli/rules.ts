import { Misuse } from '../config/misuse.ts';
import type { Severity } from '../finding.ts';
import type { Rule } from '../rule.ts';
import type { Options } from './options.ts';

/** What `cors-lint rules` prints: a line for each rule, or all that programs may want to know. */
export function catalogue({ formats, operands }: Options, rules: readonly Rule[]): string {
  if (operands.length > 0) throw new Misuse(`cors-lint rules takes no more words; for one rule: cors-lint explain ${operands[0]}`);
  const [{ name } = { name: 'stylish' }] = formats;
  if (name === 'json') return `${JSON.stringify(rules.map(described), undefined, 2)}\n`;
  if (name !== 'stylish') throw new Misuse(`cors-lint rules has the formats stylish and json, not ${name}`);
  const width = Math.max(0, ...rules.map(({ meta }) => meta.id.length));
  const lines = rules.map((rule) => {
    const [worst = 'note'] = severitiesOf(rule);
    const strict = rule.meta.preset === 'strict' ? ' (only in --preset strict)' : '';
    return `${rule.meta.id.padEnd(width)}  ${worst.padEnd('warning'.length)}  ${rule.meta.summary}${strict}\n`;
  });
  return `${lines.join('')}\nMore of one: cors-lint explain ${rules[0]?.meta.id ?? '<rule>'}\n`;
}

const described = (rule: Rule): object => ({
  id: rule.meta.id,
  summary: rule.meta.summary,
  preset: rule.meta.preset,
  since: rule.meta.since,
  severities: severitiesOf(rule),
  messages: rule.messages,
  options: rule.options,
  fix: rule.fix ?? false,
  references: rule.meta.references,
});

const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

/** The worst first. */
const severitiesOf = ({ messages }: Rule): Severity[] =>
  ORDER.filter((one) => Object.values(messages).some(({ severity }) => severity === one));
