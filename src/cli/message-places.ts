import type { Finding } from '../finding.ts';
import type { Lifted, LintResult } from '../lint.ts';
import type { Told } from '../report/simulation/data.ts';
import { journeyText } from '../report/simulation/journey.ts';
import { placeOf } from '../report/simulation/words.ts';
import { meaningsOf, type Meaning } from '../simulate/address.ts';
import { comesTo, headersOf, methodsOf, OF_CREDENTIALS, taking } from '../simulate/tries.ts';
import type { Explained } from '../simulate/message.ts';
import { isOrigin } from '../simulate/request.ts';
import { takes } from '../simulate/routes.ts';
import { journeys } from './simulate.ts';

/** Where in a project a message of a browser points to: the findings that may be behind it, and what the simulator comes to. */
export function placesIn(project: LintResult, known: Explained, cwd: string): string[] {
  if (project.lifted.every(({ model }) => model.apis.length === 0)) return ['There is no API here that a page could call.'];
  const { rules } = known;
  const concerns = concerning(project, meaningsIn(known));
  const found = project.files.flatMap(({ findings }) =>
    findings.filter((one) => rules.includes(one.rule) && one.suppressed === undefined && concerns(one)),
  );
  const lines = found.map(
    ({ primary, message, rule, certainty }) =>
      `  ${placeOf(primary, cwd)}  ${certainty === 'possible' ? 'possible: ' : ''}${message}  ${rule}`,
  );
  return [
    lines.length > 0 ? 'In this project:' : 'In this project none of these rules finds anything that concerns it.',
    ...lines,
    ...simulated(project, known, cwd),
  ];
}

/** Whether a finding is about what an address means: a path of its subjects takes it or, where they name none (a gateway response), a route of its API. */
function concerning({ lifted }: LintResult, paths: readonly Meaning[]): (finding: Finding) => boolean {
  if (paths.length === 0) return () => true;
  const apis = lifted.flatMap(({ path, model }) =>
    model.apis.map((api) => ({ path, name: api.name, isMeant: taking(api, paths).length > 0 })),
  );
  return ({ subjects, api, primary }) => {
    const patterns = subjects.map((subject) => subject.replace(/^\S+ /, '')).filter((pattern) => /^(?:\/|\$default$)/.test(pattern));
    if (patterns.length > 0) return patterns.some((pattern) => paths.some(({ path }) => takes(pattern, path)));
    // Every service of the Serverless Framework calls its API the same; a finding may also stand in a file that is no template.
    const named = apis.filter(({ name }) => name === api);
    const own = named.filter(({ path }) => path === primary.file.path);
    return api === undefined || (own.length > 0 ? own : named).some(({ isMeant }) => isMeant);
  };
}

/** What the address may mean in a template. */
const meaningsIn = ({ url }: Explained): readonly Meaning[] => (url !== undefined && URL.canParse(url) ? meaningsOf(new URL(url)) : []);

/** What the simulator comes to, tried in each way that the message leaves open: the method, what is sent, and whether cookies are. */
function simulated({ lifted }: LintResult, known: Explained, cwd: string): string[] {
  const { origin, reasons } = known;
  const paths = meaningsIn(known);
  if (paths.length === 0 || origin === undefined || !isOrigin(origin)) return [];
  const routes = lifted.flatMap(({ model }) => model.apis.flatMap((api) => taking(api, paths)));
  if (routes.length === 0)
    return ['', `No route here takes ${paths.map(({ path }) => path).join(' or ')}: the address is of an API that is not in these files.`];
  const tries = methodsOf(routes, known).map((method) => triesOf(lifted, { ...known, origin }, method, paths));
  const agreeing = tries.map((all) => all.filter(({ told }) => told.some(({ journey }) => comesTo(journey, reasons))));
  if (agreeing.every(({ length }) => length === 0))
    return [
      '',
      'The simulator does not come to that: what is deployed is not what stands here, or code decides, or the page sends something else.',
      ...tries.flatMap(([first]) => (first ? textOf(first, cwd) : [])),
    ];
  return ['', 'The simulator comes to the same:', ...agreeing.flatMap((all, i) => sameText(all, tries[i] ?? [], cwd))];
}

/** One way in which the request may have been sent. */
interface Try {
  readonly credentials: boolean;
  readonly told: readonly Told[];
}

/** The first of the ways that come to it; with or without cookies, if that makes a difference. */
function sameText(agreeing: readonly Try[], all: readonly Try[], cwd: string): readonly string[] {
  const [first] = agreeing;
  if (!first) return [];
  const isTried = new Set(all.map(({ credentials }) => credentials)).size > 1;
  const isSame = new Set(agreeing.map(({ credentials }) => credentials)).size > 1;
  const said = isSame
    ? '  With cookies it is the same.'
    : `  That is so only if the page ${first.credentials ? 'sends' : 'does not send'} cookies (credentials: 'include').`;
  return [...textOf(first, cwd), ...(isTried ? [said] : [])];
}

const textOf = ({ told }: Try, cwd: string): readonly string[] => journeyText(told, { cwd, colour: false }).trimEnd().split('\n');

function triesOf(
  lifted: readonly Lifted[],
  { origin, reasons, header }: Explained & { readonly origin: string },
  method: string,
  paths: readonly Meaning[],
): readonly Try[] {
  const ways = reasons.every((reason) => OF_CREDENTIALS.test(reason)) ? [true] : [false, true];
  return ways.flatMap((credentials) =>
    headersOf(reasons, header, method).map((headers) => ({
      credentials,
      told: journeys(lifted, { origins: [origin], headers, credentials }, { method, paths }),
    })),
  );
}
