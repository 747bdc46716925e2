import { paintOf, type Paint } from '../paint.ts';
import { visible } from '../text.ts';
import type { Cell, Journey, Taken } from '../../simulate/journey.ts';
import type { Told, Drawing } from './data.ts';
import { apiOf, becauseOf, blameOf, placeOf, SIGNS, TITLES, whenOf } from './words.ts';

/** One request step by step, for people: why the browser asks first, what it asks, what is answered, and what becomes of each answer. */
export function journeyText(told: readonly Told[], drawing: Drawing): string {
  const paint = paintOf(drawing);
  return told.map((one) => `\n${oneText(one, drawing, paint)}`).join('');
}

/** The same, for the summary of a job or a comment. */
export const journeyMarkdown = (told: readonly Told[], drawing: Drawing): string =>
  `## cors-lint: what the browser does\n\n\`\`\`text${journeyText(told, { ...drawing, colour: false }).replaceAll('`', "'")}\`\`\`\n`;

function oneText(told: Told, drawing: Drawing, paint: Paint): string {
  const { api, file, without, request, when, journey } = told;
  const page = `a page of ${visible(request.origin)}${request.credentials ? ', with credentials' : ''}`;
  const title = paint('bold', `${visible(`${request.method} ${request.path}`)} from ${page}`);
  const where = [`to ${apiOf(api, file, drawing.cwd)}`, whenOf(when)].filter(Boolean).join(', ');
  const left = without === '' ? '' : `  ${visible(without)} in the address is taken for the stage or a base path\n`;
  const head = `${title} ${paint('dim', `(${where})`)}\n${left}`;
  switch (journey.kind) {
    case 'no-route':
      return `${head}  ${noRoute(request, journey)}\n`;
    case 'open':
      return `${head}  ${SIGNS.unknown} not known before deployment: ${visible(journey.why)}\n`;
    case 'taken':
      return head + steps(told, journey, drawing, paint);
  }
}

function noRoute({ method, path }: Told['request'], { nearest }: Extract<Journey, { readonly kind: 'no-route' }>): string {
  return `no route matches ${visible(`${method} ${path}`)}${nearest === undefined ? '' : `; the nearest is ${visible(nearest)}`}`;
}

function steps(told: Told, journey: Taken, { cwd }: Drawing, paint: Paint): string {
  const lines: string[] = [`  it takes the route ${visible(journey.route)} (${placeOf(journey.at, cwd)})`];
  const { dropped } = journey.asks;
  if (dropped.length > 0) lines.push(`  the browser leaves out ${visible(dropped.join(' and '))}, which no page may set`);
  if (journey.preflighted) lines.push(...preflightLines(told, journey));
  else lines.push('  the browser sends it at once, without a preflight');
  for (const cell of shownOf(journey)) lines.push(...cellLines(cell, cwd, paint));
  return `${lines.join('\n')}\n`;
}

function preflightLines({ request }: Told, { preflight, asks: { because, names: asked } }: Taken): readonly string[] {
  const statuses = [...new Set(preflight.possible.map(({ status }) => status))];
  const status = statuses.length === 1 ? ` ${statuses[0]}` : '';
  const answers = `  ${visible(preflight.by)} answers${status}${preflight.since === undefined ? '' : `, since ${preflight.since}`}`;
  const [answer, another] = preflight.possible;
  const answered =
    answer && !another
      ? [
          answers,
          ...(preflight.secret
            ? ['    (with values from the environment, which are not shown)']
            : answer.headers.map(([name, value]) => `    ${visible(`${name}: ${value}`)}`)),
        ]
      : [`${answers}; not all of it is known before deployment`];
  return [
    `  the browser asks first, because ${visible(because.join(' and '))}`,
    `    OPTIONS ${visible(request.path)}`,
    `    Origin: ${visible(request.origin)}`,
    `    Access-Control-Request-Method: ${visible(request.method)}`,
    ...(asked.length > 0 ? [`    Access-Control-Request-Headers: ${visible(asked.join(','))}`] : []),
    ...answered,
  ];
}

/** A preflight that fails is all that there is to tell; errors of one outcome are told together. */
function shownOf({ cells, preflighted }: Taken): readonly Cell[] {
  const [ahead, ...others] = cells;
  if (ahead && preflighted && ahead.outcome.kind === 'blocked') return [ahead];
  const shown = new Map<string, Cell>();
  for (const cell of [...(ahead && preflighted ? [ahead] : []), ...others]) {
    const key = JSON.stringify([
      cell.kind,
      cell.outcome.kind,
      cell.outcome.kind === 'blocked' ? [cell.outcome.reasons, cell.outcome.by] : becauseOf(cell.outcome),
    ]);
    const like = shown.get(key);
    shown.set(key, like ? { ...like, name: [...new Set([like.name, cell.name])].filter(Boolean).join(', ') } : cell);
  }
  return [...shown.values()];
}

const COLOURS = { passes: 'cyan', blocked: 'red', unknown: 'yellow' } as const;

function cellLines({ kind, name, outcome }: Cell, cwd: string, paint: Paint): readonly string[] {
  const title = [TITLES[kind], name && `(${name})`].filter(Boolean).join(' ');
  const line = (text: string): string => `  ${paint(COLOURS[outcome.kind], SIGNS[outcome.kind])} ${title}: ${text}`;
  switch (outcome.kind) {
    case 'passes':
      return [line(kind === 'preflight' ? 'the browser goes on and sends the request' : 'the page can read it')];
    case 'unknown':
      return [line(`not known: ${becauseOf(outcome)}`)];
    case 'blocked':
      return [
        line(`blocked (${outcome.reasons.join(' or ')}) by ${blameOf(outcome)}`),
        ...outcome.says.map((text) => `      in the console: ${visible(text)}`),
        `      see ${placeOf(outcome.at, cwd)}`,
      ];
  }
}
