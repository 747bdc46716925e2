import type { Claim } from './claim.ts';
import type { Discovery } from './discover.ts';

/** What a run has to say beside its findings. */
export interface Notices {
  readonly notices: readonly string[];
  /** Set where there was nothing to lint at all: what to tell the user. */
  readonly nothing?: string;
}

/** Says once what was named and not linted. */
export function noticesOf({ missing, searched, closed, unsynthesized }: Discovery, claims: readonly Claim[]): Notices {
  const named = claims.filter(({ candidate }) => candidate.named);
  const counts = (claim: Claim): boolean => claim.kind !== 'foreign';
  const barren = searched.filter((argument) => !claims.some((claim) => claim.candidate.arguments.includes(argument) && counts(claim)));
  const notices = [
    ...(missing.length > 0 ? [`no such file or folder: ${missing.join(', ')}`] : []),
    ...closed.map((folder) => `cannot look into ${folder}: permission denied`),
    ...unsynthesized.map((folder) => `the CDK app in ${folder} was not checked: it has no synthesized output yet. Run \`cdk synth\` first`),
    ...foreign(named),
    ...ignored(named),
    ...(barren.length > 0 ? [`found no serverless.yml, SAM or CloudFormation template in ${barren.map(shown).join(', ')}`] : []),
  ];
  // A commit hook hands over whatever was changed, so a file of another kind is no mistake.
  if (named.length > 0 || claims.some(counts)) return { notices };
  return { notices: notices.slice(0, -1), nothing: notices.at(-1) ?? 'nothing to lint' };
}

function* ignored(named: readonly Claim[]): Iterable<string> {
  for (const { kind, candidate } of named)
    if (kind === 'ignored')
      yield `skipped ${candidate.arguments[0]}: the configuration says to \`ignore\` it (--no-config lints it all the same)`;
}

const shown = (argument: string): string => (argument === '.' ? 'the current folder' : argument);

function* foreign(named: readonly Claim[]): Iterable<string> {
  const others: string[] = [];
  for (const claim of named) {
    if (claim.kind !== 'foreign') continue;
    if (claim.why === undefined) others.push(...claim.candidate.arguments.slice(0, 1));
    else yield `skipped ${claim.candidate.arguments[0]}: ${claim.why}`;
  }
  if (others.length === 0) return;
  const what = others.length === 1 ? 'it is neither a serverless.yml nor' : 'they are neither a serverless.yml nor';
  const more = others.length > 5 ? ` and ${others.length - 5} more` : '';
  yield `skipped ${others.slice(0, 5).join(', ')}${more}: ${what} a SAM or CloudFormation template`;
}
