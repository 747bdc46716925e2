import type { Reason } from '../../src/browser/reasons.ts';
import type { Finding } from '../../src/finding.ts';
import type { LintResult } from '../../src/lint.ts';
import missingCors from '../../rules/missing-cors.ts';
import type { Api, Model } from '../../src/model/api.ts';
import { knownIn } from '../../src/model/asking.ts';
import { matchesGlob } from '../../src/model/glob.ts';
import { namesOf } from '../../src/model/names.ts';
import { isForOtherSites } from '../../src/model/queries.ts';
import { requestsFor, requestsMeant } from '../../src/simulate/intended.ts';
import { journeysIn, type Cell, type Journey } from '../../src/simulate/journey.ts';
import { all, any, assume, describe, YES, type Verdict, type World } from '../../src/value/verdict.ts';

/** A request that its author means to allow, and that a browser blocks. */
export interface Failure {
  readonly api: string;
  readonly request: string;
  readonly when: World;
  readonly cell: Cell;
  /** What a finding about it may be about: its route, its path, its API, a gateway response. */
  readonly subjects: readonly string[];
  /** 'gateway-error 429 THROTTLED: acao-missing'. */
  readonly text: string;
}

export interface Walked {
  readonly failures: readonly Failure[];
  readonly passed: number;
  readonly open: number;
}

/** Every request that is meant to be allowed, through the simulator. */
export function walk(model: Model): Walked {
  const failures: Failure[] = [];
  let [passed, open] = [0, 0];
  for (const api of model.apis) {
    if (api.target === 'websocket') continue;
    for (const { request, isSo, isShown } of [...requestsMeant(api).map((one) => ({ ...one, isShown: () => true })), ...unanswered(api)]) {
      // Who is within the VPC, or on the same site, asks nobody.
      for (const { when, result } of journeysIn(api, request, all(isSo, isForOtherSites(api, model)))) {
        for (const cell of result.kind === 'taken' ? result.cells.filter(isShown) : []) {
          const { outcome, kind, name } = cell;
          if (outcome.kind === 'passes') passed += 1;
          else if (outcome.kind === 'unknown') open += 1;
          else {
            const said = `${request.method} ${request.path} from ${request.origin}${request.credentials ? ' with credentials' : ''}`;
            failures.push({
              api: api.name,
              request: said,
              when,
              cell,
              subjects: subjectsOf(api, result, cell),
              text: `${kind} ${name}: ${outcome.reason}`,
            });
          }
        }
      }
    }
  }
  return { failures, passed, open };
}

const subjectsOf = (api: Api, journey: Journey, { name, kind }: Cell): readonly string[] => {
  const route = journey.kind === 'taken' ? journey.route : '';
  const path = route.replace(/^\S+ /, '');
  const response = kind === 'gateway-error' ? [name.replace(/^\d+ ?/, ''), 'DEFAULT_4XX', 'DEFAULT_5XX'] : [];
  return [api.name, route, path, `OPTIONS ${path}`, ...response];
};

/** Where nobody answers OPTIONS there is no answer that would let somebody in; a page that others of the API let in is meant there too. */
const unanswered = (api: Api) =>
  requestsFor(api, {}, [])
    .filter(({ resource: { preflight } }) => knownIn(preflight.by).includes('nobody'))
    .filter(({ endpoint, resource }) => !namesOf(endpoint, resource).some((name) => IGNORED.some((glob) => matchesGlob(name, glob))))
    .map((one) => ({ ...one, isShown: ({ kind }: Cell) => kind === 'preflight' }));

/** What other servers call, by the look of it. */
const IGNORED = missingCors.options['ignore']?.default as readonly string[];

const PREFLIGHT = [
  'missing-cors',
  'missing-integration-response-cors',
  'authenticated-preflight',
  'route-catches-preflight',
  'broken-mock-preflight',
  'binary-preflight',
];
/** What keeps a whole template from being deployed as it is written. */
const DEPLOY = [
  'unreadable-file',
  'unresolved-reference',
  'invalid-cors-shape',
  'unknown-cors-property',
  'undeclared-response-header',
  'unquoted-literal',
  'inert-cors',
  'conflicting-cors-on-path',
  'ignored-cors-headers',
];
const ORIGIN = [
  'malformed-origin',
  'overquoted-literal',
  'multiple-origins-in-header',
  'null-origin',
  'inconsistent-origin',
  'credentials-with-origin-list',
  'invalid-allowed-header',
];
const CREDENTIALS = [
  'credentials-with-wildcard-origin',
  'inconsistent-credentials',
  'invalid-credentials-value',
  'credentials-with-origin-list',
];
const ERRORS = ['missing-gateway-response-cors', 'missing-integration-response-cors', 'missing-handler-cors'];

/** The rules that have to speak up, by a part of the reason. */
const BEHIND: readonly (readonly [RegExp, readonly string[]])[] = [
  // What is wrong with a preflight as a whole is wrong with all that it might allow.
  [/^preflight-(?:status|acao|acac)/, [...PREFLIGHT, ...ORIGIN, ...CREDENTIALS, ...DEPLOY]],
  [/wildcard-with-credentials|acac/, [...CREDENTIALS, ...DEPLOY]],
  [/^acao-multiple/, ['duplicate-cors-headers', ...ORIGIN, ...DEPLOY]],
  [/acao-missing/, [...ERRORS, ...ORIGIN, ...DEPLOY]],
  [/acao/, [...ORIGIN, ...DEPLOY]],
  [
    /^(?:header|authorization)|acah/,
    [
      'missing-auth-headers',
      'missing-sigv4-headers',
      'ineffective-wildcard',
      'invalid-allowed-header',
      'overquoted-literal',
      ...PREFLIGHT,
      ...DEPLOY,
    ],
  ],
  [/^method|acam/, ['method-not-allowed', 'invalid-allowed-method', 'ineffective-wildcard', 'overquoted-literal', ...PREFLIGHT, ...DEPLOY]],
];

const behind = (reason: Reason): readonly string[] => BEHIND.find(([pattern]) => pattern.test(reason))?.[1] ?? [];

/** Something above a note, of that API and of what the request meets there. */
const concerns = ({ severity, api, rule, subjects }: Finding, failure: Failure): boolean =>
  severity !== 'note' &&
  (api === undefined || api === failure.api) &&
  // What keeps the template from being deployed concerns all of it.
  (subjects.length === 0 ||
    (DEPLOY.includes(rule) && severity === 'error') ||
    subjects.some((subject) => failure.subjects.includes(subject)));

/** That a world is the case. */
const isWorld = (world: World): Verdict =>
  all(
    ...Object.values(world).map(({ on, labels }) =>
      on.labels.map((label) => ({
        when: { [on.key]: { on, labels: [label] } },
        truth: labels.includes(label) ? ('yes' as const) : ('no' as const),
        because: [],
      })),
    ),
  );

/** Whether findings hold in all of a world, one of them in each part of it. */
const cover = (findings: readonly Finding[], world: World): boolean =>
  assume(world, any(...findings.map(({ when }) => (when.length === 0 ? YES : any(...when.map(isWorld)))))).every(
    ({ truth }) => truth === 'yes',
  );

/**
 * Whether something says that it is wrong: for sure where the reason is one. Where it is one of several, since a value is not known, each
 * of them is as possible as what is said of it.
 */
function isReported(failure: Failure, findings: readonly Finding[]): boolean {
  const concerning = findings.filter((one) => concerns(one, failure));
  const reasons = failure.cell.outcome.kind === 'blocked' ? failure.cell.outcome.reasons : [];
  const isSaid = (reason: Reason, isSure: boolean): boolean =>
    cover(
      concerning.filter(
        ({ rule, certainty, severity }) =>
          behind(reason).includes(rule) && (!DEPLOY.includes(rule) || severity === 'error') && (certainty === 'certain' || !isSure),
      ),
      failure.when,
    );
  return reasons.some((reason) => isSaid(reason, true)) || (reasons.length > 1 && reasons.every((reason) => isSaid(reason, false)));
}

/** The failures of which nothing is said, a line each. */
export function silent({ lifted, files }: LintResult): readonly string[] {
  const findings = files.flatMap((file) => file.findings);
  return lifted.flatMap(({ model }) =>
    walk(model)
      .failures.filter((failure) => !isReported(failure, findings))
      .map(({ api, request, when, text }) => [`${api}: ${request}`, describe(when), text].filter(Boolean).join(', ')),
  );
}
