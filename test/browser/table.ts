import type * as Evaluator from '../../src/browser/index.ts';
import { cases, comparable, more, type Case } from './cases.ts';
import { impossible } from './impossible.ts';
import { maxAges } from './max-ages.ts';

const sorted = (record: object): string => JSON.stringify(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Whether an evaluator is right about one row, in both profiles, and about what Chromium says. */
function isRight({ browse, chromiumTexts }: typeof Evaluator, one: Case): boolean {
  const specified = one.spec ?? one.expected;
  const standard = browse(one.request, one, { profile: 'standard' });
  const chromium = browse(one.request, one, { profile: 'chromium' });
  if (sorted(comparable(standard, specified)) !== sorted(comparable(specified, specified))) return false;
  if (sorted(comparable(chromium, one.expected)) !== sorted(comparable(one.expected, one.expected))) return false;
  const said = one.chromium?.console;
  if (said === undefined || chromium.ok || /^(?:Failed to|Mixed Content)/.test(said) || !said.includes('example.com')) return true;
  return chromiumTexts(one.request, chromium).includes(said);
}

function refuses({ browse }: typeof Evaluator): boolean {
  return impossible.every((request) => {
    try {
      browse(request, { preflight: null, response: null });
      return false;
    } catch (error) {
      return error instanceof TypeError;
    }
  });
}

/** Where no profile is named, and where no further answer is given. */
function fillsIn({ browse }: typeof Evaluator): boolean {
  const star = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' };
  const open = { status: 200, headers: Object.entries(star) };
  const request = { origin: 'https://app.example.com', url: 'https://api.example.com/', method: 'GET', credentials: 'omit' } as const;
  const first = browse({ ...request, headers: [['Authorization', 'x']] }, { preflight: open, response: open });
  const redirect = { status: 302, headers: [...open.headers, ['Location', '/next'] as const] };
  const second = browse({ ...request, headers: [] }, { preflight: null, response: redirect });
  const third = browse({ ...request, headers: [], forcePreflight: true }, { preflight: open, response: open });
  return (
    !first.ok &&
    first.reason === 'authorization-not-covered-by-wildcard' &&
    first.names?.join() === 'authorization' &&
    second.reason === 'network-error' &&
    third.preflights === 1
  );
}

/** Everything that is held against an evaluator. */
export const isRightThroughout = (evaluator: typeof Evaluator): boolean =>
  [...cases, ...more].every((one) => isRight(evaluator, one)) &&
  refuses(evaluator) &&
  fillsIn(evaluator) &&
  evaluator.DEFAULT_MAX_AGE === 5 &&
  maxAges.every(([headers, ...seconds]) =>
    (['chromium', 'firefox', 'webkit'] as const).every((engine, i) => evaluator.maxAge(headers, engine) === seconds[i]),
  );
