import { didYouMean } from './misuse.ts';
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
    ...(barren.length > 0
      ? [`found no serverless.yml, SAM or CloudFormation template and no OpenAPI document in ${barren.map(shown).join(', ')}`]
      : []),
  ];
  // A commit hook hands over whatever was changed, so a file of another kind is no mistake.
  if (named.length > 0 || claims.some(counts)) return { notices };
  return { notices: notices.slice(0, -1), nothing: notices.at(-1) ?? 'nothing to lint' };
}

/** A document that was judged at stages of these names, and those that it tells apart itself; undefined where it has none. */
export interface Staged {
  /** As people call it. */
  readonly file: string;
  readonly wanted: readonly string[];
  readonly told: readonly string[] | undefined;
}

/**
 * What is to be said of the names of stages: one that no document tells apart is probably misspelt, and if it is not, it is judged as it
 * would be deployed; and a template has none. `given`: those of the command line.
 */
export function* strangeStages(documents: readonly Staged[], given: readonly string[]): Iterable<string> {
  for (const name of new Set(documents.flatMap(({ wanted }) => wanted))) {
    const asked = documents.filter(({ wanted }) => wanted.includes(name));
    const apart = asked.filter(({ told = [] }) => told.length > 0);
    const known = [...new Set(apart.flatMap(({ told = [] }) => told))];
    // A configuration speaks of all files below it.
    if (given.includes(name) && asked.every(({ told }) => told === undefined))
      yield `the stage "${name}" changes nothing here: only a serverless.yml has stages. Parameters of a template are set by --param NAME=VALUE`;
    else if (apart.length > 0 && !known.includes(name)) {
      const files = apart.length > 3 ? `${apart.length} files` : apart.map(({ file }) => file).join(', ');
      yield `no stage "${name}" is known to ${files}${didYouMean(name, known)}: there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}. It is judged as it would be deployed under that name`;
    }
  }
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
  yield `skipped ${others.slice(0, 5).join(', ')}${more}: ${what} a SAM or CloudFormation template nor an OpenAPI document`;
}
