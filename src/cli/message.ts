import { Misuse } from '../config/misuse.ts';
import type { LintResult } from '../lint.ts';
import { visible } from '../report/text.ts';
import { explained, meaningOf, type Explained } from '../simulate/message.ts';
import { placesIn } from './message-places.ts';

/** What `cors-lint explain "<message>"` prints, with the places of a project where one was linted. Throws `Misuse` for a text that is not known. */
export function explainMessage(pasted: string, project: LintResult | undefined, cwd: string): string {
  const known = explained(pasted);
  if ('nearest' in known)
    throw new Misuse(`that is no message of a browser about CORS that cors-lint knows; it most resembles ${visible(known.nearest)}`);
  if (known.reasons.length === 0) return NOTHING_SAID;
  return printed([
    [
      `${known.browser} says this${known.browser === 'Safari' ? " (from WebKit's source, not run)" : ''}: ${known.reasons.join(' or ')}`,
      ...namedIn(known),
    ],
    ...meant(known.meanings, known.rules),
    project ? placesIn(project, known, cwd) : [],
  ]);
}

/** What `cors-lint explain acao-missing` prints, the name of a reason as the simulator's table has it; undefined for what is none. */
export function explainReason(name: string): string | undefined {
  const meaning = meaningOf(name);
  return meaning && printed([[`The browser blocks the call: ${name}`], ...meant([meaning], meaning.rules)]);
}

const meant = (meanings: Explained['meanings'], rules: readonly string[]): readonly string[][] => [
  ...meanings.map(({ what, remedy }) => [what, `What to do: ${remedy}`]),
  rules.length > 0 ? ['Rules that may be behind it (cors-lint explain <rule>):', ...rules.map((rule) => `  ${rule}`)] : [],
];

const printed = (blocks: readonly (readonly string[])[]): string =>
  blocks
    .filter(({ length }) => length > 0)
    .map((lines) => `${lines.map(visible).join('\n')}\n`)
    .join('\n');

const NOTHING_SAID = `This text says nothing about the cause: to scripts, browsers tell only that the request failed, lest they learn about other servers.

What to do: open the developer tools of the browser (F12). The Console has a longer message, in Chromium "Access to fetch at … has been
blocked by CORS policy: …", in Firefox "Cross-Origin Request Blocked: … (Reason: …)", in Safari "Origin … is not allowed by …". Paste
that one. If there is none, the Network tab shows whether there was an answer: then it is not CORS.
`;

const namedIn = ({ url, origin, method, header, value }: Explained): string[] =>
  Object.entries({
    'the page': origin,
    'the address': url,
    'the method': method,
    'the request header': header,
    'the value': value,
  }).flatMap(([what, name]) => (name === undefined || name === '' ? [] : [`  ${what}: ${name}`]));
