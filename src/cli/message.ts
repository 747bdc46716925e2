import { Misuse } from '../config/misuse.ts';
import type { Finding } from '../finding.ts';
import type { LintResult } from '../lint.ts';
import { visible } from '../report/text.ts';
import { isName, isOrigin } from '../simulate/request.ts';
import { explained, type Explained } from '../simulate/message.ts';
import { takes } from '../simulate/routes.ts';
import { simulate } from './simulate.ts';

/** What `cors-lint explain "<message>"` prints, with the places of a project where one was linted. Throws `Misuse` for a text that is not known. */
export function explainMessage(pasted: string, project: LintResult | undefined, cwd: string): string {
  const known = explained(pasted);
  if ('nearest' in known)
    throw new Misuse(`that is no message of a browser about CORS that cors-lint knows; it most resembles ${visible(known.nearest)}`);
  if (known.reasons.length === 0) return NOTHING_SAID;
  const { meanings, rules } = known;
  const blocks = [
    [
      `${known.browser} says this${known.browser === 'Safari' ? " (from WebKit's source, not run)" : ''}: ${known.reasons.join(' or ')}`,
      ...namedIn(known),
    ],
    ...meanings.map(({ what, remedy }) => [what, `What to do: ${remedy}`]),
    rules.length > 0 ? ['Rules that may be behind it (cors-lint explain <rule>):', ...rules.map((rule) => `  ${rule}`)] : [],
    project ? placesIn(project, known, cwd) : [],
  ];
  return blocks
    .filter(({ length }) => length > 0)
    .map((lines) => `${lines.map(visible).join('\n')}\n`)
    .join('\n');
}

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

/** The paths that an address may mean in a template: an execute-api address, or a base path, has one part more. */
function pathsOf({ url }: Explained): readonly string[] {
  if (url === undefined || !URL.canParse(url)) return [];
  const { pathname } = new URL(url);
  const shorter = pathname.replace(/^\/[^/]*/, '') || '/';
  return [pathname, shorter];
}

function placesIn(project: LintResult, known: Explained, cwd: string): string[] {
  const paths = pathsOf(known);
  const { rules } = known;
  const concerns = ({ subjects }: Finding): boolean =>
    subjects.length === 0 ||
    paths.length === 0 ||
    subjects.some((subject) => paths.some((path) => takes(subject.replace(/^\S+ /, ''), path)));
  const found = project.files.flatMap(({ findings }) =>
    findings.filter((one) => rules.includes(one.rule) && one.suppressed === undefined && concerns(one)),
  );
  const lines = found.map(
    ({ primary, message, rule, certainty }) =>
      `  ${primary.file.path}:${primary.file.text.slice(0, primary.start).split('\n').length}  ${certainty === 'possible' ? 'possible: ' : ''}${message}  ${rule}`,
  );
  return [
    lines.length > 0 ? 'In this project:' : 'In this project none of these rules finds anything that concerns it.',
    ...lines,
    ...simulated(project, known, cwd),
  ];
}

/** The simulator's word where the message names page, address and method; else how to ask for it. */
function simulated(project: LintResult, known: Explained, cwd: string): string[] {
  const { origin, method, header } = known;
  const [path] = pathsOf(known);
  if (path === undefined || origin === undefined || !isOrigin(origin)) return [];
  if (method === undefined || !isName(method))
    return ['', `To see the request step by step: cors-lint simulate <path> --origin ${origin} --request "METHOD ${path}"`];
  const asking = {
    origins: [origin],
    request: { method, path },
    headers: header === undefined ? [] : [[header, '1'] as const],
    credentials: false,
  };
  return [
    '',
    'What the simulator says of the request:',
    ...simulate(project, asking, { format: 'stylish', cwd, colour: false }).text.trimEnd().split('\n'),
  ];
}
