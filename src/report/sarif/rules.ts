import type { Harm, Severity } from '../../finding.ts';
import type { Message } from '../../rule.ts';
import { docsUrl } from '../docs.ts';
import type { Described } from '../report.ts';

/** What code scanning shows beside a finding. */
export interface Descriptor {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly helpUri: string;
  readonly defaultConfiguration: { readonly level: Severity };
  readonly properties: Readonly<Record<string, string | readonly string[]>>;
}

/** GitHub takes descriptions of at most 1,024 characters. */
const LONGEST = 1000;

export function descriptor({ meta, messages }: Described): Descriptor {
  const { id, summary, why, remedy, references } = meta;
  const parts = [why.trim(), '## What to do', remedy.trim(), '## References', references.map((url) => `- <${url}>`).join('\n')];
  const markdown = parts.join('\n\n');
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: plain(summary) },
    fullDescription: { text: shortened(plain(why)) },
    help: { text: plain(markdown), markdown },
    helpUri: docsUrl(id),
    defaultConfiguration: { level: worst(Object.values(messages)) },
    properties: propertiesOf(meta.preset, Object.values(messages)),
  };
}

/** Of a rule that the registry does not hold. */
export function stranger(id: string, level: Severity): Descriptor {
  const text = `Findings of the rule ${id}.`;
  return {
    id,
    name: nameOf(id),
    shortDescription: { text },
    fullDescription: { text },
    help: { text, markdown: text },
    helpUri: docsUrl(id),
    defaultConfiguration: { level },
    properties: { tags: ['cors'], precision: 'high', 'problem.severity': PROBLEM[level] },
  };
}

/** 'missing-cors' → 'MissingCors'. */
const nameOf = (id: string): string =>
  id
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

/** What code scanning filters and sorts by. A `security-severity` makes of each of the rule's findings a security alert. */
function propertiesOf(preset: 'recommended' | 'strict', messages: readonly Message[]): Descriptor['properties'] {
  const exposed = messages.filter(({ harm }) => harm === 'exposed');
  const harms = new Set(messages.map(({ harm }) => harm));
  return {
    tags: ['cors', ...(Object.keys(TAGS) as Harm[]).filter((harm) => harms.has(harm)).flatMap((harm) => TAGS[harm])],
    precision: preset === 'strict' ? 'medium' : 'high',
    'problem.severity': PROBLEM[worst(messages)],
    ...(exposed.length > 0 && { 'security-severity': SECURITY[worst(exposed)] }),
  };
}

const TAGS = {
  // CWE-942: Permissive Cross-domain Security Policy with Untrusted Domains.
  exposed: ['security', 'external/cwe/cwe-942'],
  broken: ['correctness'],
  untidy: ['maintainability'],
} as const satisfies Record<Harm, readonly string[]>;

const PROBLEM = { error: 'error', warning: 'warning', note: 'recommendation' } as const satisfies Record<Severity, string>;

/** As CVSS counts: high, medium, low. */
const SECURITY = { error: '8.1', warning: '5.4', note: '3.1' } as const satisfies Record<Severity, string>;

const ORDER: readonly Severity[] = ['error', 'warning', 'note'];
const worst = (messages: readonly Message[]): Severity => ORDER.find((one) => messages.some(({ severity }) => severity === one)) ?? 'note';

/** Markdown as plain text: paragraphs on one line each, no headings' or emphasis's marks. Code keeps its quotes. */
const plain = (markdown: string): string =>
  markdown
    .trim()
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/^#+ (.*)$/gm, '$1:')
    .replaceAll(/<(https?:[^>]*)>/g, '$1')
    .replaceAll('**', '')
    .replaceAll(/(?<!\n)\n(?![\n-])/g, ' ');

const shortened = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, text.lastIndexOf(' ', LONGEST))} …`);
