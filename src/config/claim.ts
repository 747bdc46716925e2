import path from 'node:path';
import type { Document, Dialect } from '../frontends/frontend.ts';
import type { Location, SourceFile } from '../source/location.ts';
import { isCompose } from './compose.ts';
import { isCode, maySayService, type ReadCode } from './code.ts';
import { SERVERLESS_NAMES, type Candidate } from './discover.ts';
import type { Files } from './files.ts';
import { isTemplate, mayHoldApi, saysTemplate } from './prescan.ts';

/** What becomes of a file that is to be looked at. */
export type Claim = { readonly candidate: Candidate } & (
  | { readonly kind: 'document'; readonly document: Document; readonly dialect: Dialect }
  /** Meant to be linted, and there is nothing to lint: why. */
  | { readonly kind: 'unreadable'; readonly file: SourceFile; readonly why: string; readonly at?: Location }
  /** A template without an API. */
  | { readonly kind: 'harmless' }
  /** No template that is known here; `why` where there is more to say. */
  | { readonly kind: 'foreign'; readonly why?: string }
  /** The config says not to lint it. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'crashed'; readonly file: SourceFile; readonly error: unknown }
);

/** What is known of a run's code. */
export interface OfCode {
  /** Needed where there is code. */
  readonly readCode?: ReadCode | undefined;
  /** The framework says that its configuration is a service, whatever of it can be read. */
  readonly isService?: boolean;
}

/** Reads a file as far as it takes to tell whose it is. */
export function claim(candidate: Candidate, files: Files, dialects: readonly Dialect[], ofCode: OfCode = {}): Claim {
  const name = path.basename(candidate.path);
  if (isCode(name)) return claimCode(candidate, files, dialects, ofCode);
  if (isCompose(name)) return claimCompose(candidate, files);
  // The name says what it is meant to be, so what is wrong with it has to be told.
  const known = candidate.named || candidate.meant !== undefined || SERVERLESS_NAMES.includes(name);
  const content = known ? undefined : files.content(candidate.path);
  if (content && ('failure' in content || !mayHoldApi(content.bytes, name))) {
    return { candidate, kind: 'bytes' in content && isTemplate(content.bytes) ? 'harmless' : 'foreign' };
  }
  const { file, failure: why } = files.open(candidate.path, content);
  if (why !== undefined && candidate.meant) return { candidate, kind: 'unreadable', file, why: `${why}; run \`cdk synth\` again` };
  if (why !== undefined) return MEANT.test(name) ? { candidate, kind: 'unreadable', file, why } : { candidate, kind: 'foreign', why };
  try {
    return claimText(candidate, file, files, dialects);
  } catch (error) {
    return { candidate, kind: 'crashed', file, error };
  }
}

function claimText(candidate: Candidate, file: SourceFile, files: Files, dialects: readonly Dialect[]): Claim {
  const document = files.document(file);
  const byContent = dialects.find((dialect) => dialect.claims(document.root));
  if (byContent) return { candidate, kind: 'document', document, dialect: byContent };
  const meant = candidate.meant ?? dialectByName(path.basename(file.path));
  const byName = dialects.find(({ name }) => name === meant);
  const { root, problems } = document;
  const empty = root.kind === 'scalar' && root.value === null;
  if (byName && (problems.length > 0 || (candidate.meant && !empty))) return { candidate, kind: 'document', document, dialect: byName };
  if (byName && empty) return { candidate, kind: 'unreadable', file, why: 'it is empty' };
  const [problem] = problems;
  // An alias bomb, or too deep to be read: its text still says what it is meant to be.
  if (problem && MEANT.test(file.path) && saysTemplate(file.text))
    return { candidate, kind: 'unreadable', file, why: problem.text, at: problem.at };
  return {
    candidate,
    kind: 'foreign',
    ...(problem && MEANT.test(file.path) && { why: `it is broken (${problem.text}), and what can be read of it is no template` }),
  };
}

/** It deploys nothing itself: its services are linted, wherever they are found. */
function claimCompose(candidate: Candidate, files: Files): Claim {
  const { file, failure: why } = files.open(candidate.path);
  if (why !== undefined) return { candidate, kind: 'unreadable', file, why };
  const [problem] = files.document(file).problems;
  return problem ? { candidate, kind: 'unreadable', file, why: problem.text, at: problem.at } : { candidate, kind: 'harmless' };
}

/** A serverless.ts, or a file of another name that was given and makes a service. */
function claimCode(candidate: Candidate, files: Files, dialects: readonly Dialect[], { readCode, isService }: OfCode): Claim {
  const isMeant = SERVERLESS_NAMES.includes(path.basename(candidate.path));
  const { file, failure: why } = files.open(candidate.path);
  if (why !== undefined) return isMeant ? { candidate, kind: 'unreadable', file, why } : { candidate, kind: 'foreign', why };
  if (!readCode || (!isMeant && !maySayService(file.text))) return { candidate, kind: 'foreign' };
  try {
    const document = readCode(file);
    const { root, problems } = document;
    const dialect =
      dialects.find((one) => one.claims(root)) ??
      (isMeant && (isService || problems.length > 0) ? dialects.find(({ name }) => name === 'serverless') : undefined);
    if (dialect) return { candidate, kind: 'document', document, dialect };
    const computed = root.kind === 'scalar' ? root.computed?.why : undefined;
    return {
      candidate,
      kind: 'foreign',
      ...(isMeant && { why: `what it exports is not known without running it${computed === undefined ? '' : `: ${computed}`}` }),
    };
  } catch (error) {
    return { candidate, kind: 'crashed', file, error };
  }
}

/** Names of templates. Of a file that is called otherwise it is no matter if it cannot be read: commit hooks hand over pictures too. */
const MEANT = /(?:^|[/\\])(?:serverless\.|template\.|<stdin>$)|\.template(?:\.json)?$|\.ya?ml$/i;

/** What a file is called when its content does not say what it is. */
function dialectByName(name: string): Dialect['name'] | undefined {
  if (/^serverless\./i.test(name) || name === STDIN_NAME) return 'serverless';
  return /^template\.|\.template(?:\.\w+)?$/i.test(name) ? 'cloudformation' : undefined;
}

/** What standard input is called when the user gives it no name. */
export const STDIN_NAME = '<stdin>';
