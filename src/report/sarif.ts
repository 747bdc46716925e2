import manifest from '../../package.json' with { type: 'json' };
import type { Finding } from '../finding.ts';
import { HOME } from './docs.ts';
import { fingerprintsOf } from './fingerprints.ts';
import type { Failure, Report } from './report.ts';
import { artifact, SRCROOT } from './sarif/place.ts';
import { levelOf, message, resultOf, type Result } from './sarif/result.ts';
import { descriptor, stranger, type Descriptor } from './sarif/rules.ts';
import { jsonText, plural } from './text.ts';
import { fileUri, rootOf, wayTo } from './uri.ts';

/** Code scanning refuses a run with more. */
export const MOST_RESULTS = 25_000;

/** SARIF 2.1.0, as GitHub's code scanning takes it. Nothing in it changes from one run to the next by itself: no time, no random number. */
export const sarif = (report: Report): string =>
  jsonText({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [runOf(report)] });

function runOf(report: Report): object {
  const root = rootOf(report);
  const findings = report.files.flatMap((file) => file.findings);
  const rules = rulesOf(report, findings);
  return {
    tool: { driver: { name: 'cors-lint', semanticVersion: manifest.version, informationUri: HOME, rules } },
    automationDetails: { id: 'cors-lint/' },
    originalUriBaseIds: { [SRCROOT]: { uri: `${fileUri(root).replace(/\/$/, '')}/` } },
    columnKind: 'utf16CodeUnits',
    invocations: [invocationOf(report, findings.length - MOST_RESULTS)],
    results: resultsOf(findings, rules, root),
  };
}

/** All that there are, in their order; then those of findings that are none of them. */
function rulesOf({ rules = [] }: Report, findings: readonly Finding[]): Descriptor[] {
  const known = new Set(rules.map(({ meta }) => meta.id));
  const strangers = new Map(findings.filter(({ rule }) => !known.has(rule)).map((finding) => [finding.rule, finding.severity]));
  return [...rules.map(descriptor), ...[...strangers.keys()].toSorted().map((id) => stranger(id, strangers.get(id) ?? 'note'))];
}

function resultsOf(findings: readonly Finding[], rules: readonly Descriptor[], root: string): Result[] {
  const indices = new Map(rules.map(({ id }, i) => [id, i]));
  const saysSuppressed = findings.some(({ suppressed }) => suppressed);
  const shown = mostSevere(findings);
  const fingerprints = fingerprintsOf(findings, root);
  return findings.flatMap((finding, i) => {
    if (!shown.has(finding)) return [];
    return [resultOf(finding, { root, ruleIndex: indices.get(finding.rule) ?? -1, fingerprint: fingerprints[i] ?? '', saysSuppressed })];
  });
}

/** The first so many, errors before warnings before notes before what is suppressed. */
function mostSevere(findings: readonly Finding[]): ReadonlySet<Finding> {
  if (findings.length <= MOST_RESULTS) return new Set(findings);
  const rank = (finding: Finding): number => (finding.suppressed ? 3 : RANKS[levelOf(finding)]);
  return new Set(findings.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_RESULTS));
}

const RANKS = { error: 0, warning: 1, note: 2 } as const satisfies Record<Result['level'], number>;

function invocationOf({ crashes = [], ...report }: Report, over: number): object {
  const notifications = [...crashes.map((crash) => crashed(crash, rootOf(report))), ...(over > 0 ? [leftOut(over)] : [])];
  return {
    executionSuccessful: crashes.length === 0,
    ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
  };
}

const crashed = ({ file, where }: Failure, root: string): object => ({
  descriptor: { id: 'crash' },
  level: 'error',
  message: message(`${where} failed at ${wayTo(file, root) ?? file}: that is a bug in cors-lint, please report it.`),
  locations: [{ physicalLocation: { artifactLocation: artifact(file, root) } }],
});

const leftOut = (over: number): object => ({
  descriptor: { id: 'too-many-results' },
  level: 'warning',
  message: message(
    `${plural(over, 'finding')} ${over === 1 ? 'is' : 'are'} left out, the least severe: code scanning takes at most ${MOST_RESULTS} results. Lint parts of the repository by themselves.`,
  ),
});
