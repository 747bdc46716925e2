import type { Model } from '../../model/api.ts';
import type { Unreadable } from '../../model/written.ts';
import type { WorkedOut } from '../../value/tree.ts';
import { YES } from '../../value/verdict.ts';
import { claims } from './claims.ts';
import type { Document, FrontEnd, LiftContext, StackTemplate } from '../frontend.ts';
import { resolveIntrinsics } from './intrinsics.ts';
import { liftTemplate, type Lifted } from './lift.ts';
import { stacksOf } from './nested.ts';
import { isPart } from './part.ts';
import { readTemplate } from './read.ts';
import type { JudgeReferences } from './references.ts';
import { suppressionsOf } from './suppressed.ts';

/** CloudFormation templates in YAML and JSON, what the CDK and the Serverless Framework make among them. */
export const cloudformation: FrontEnd = { name: 'cloudformation', claims, lift, workOut, stacks };

function lift(document: Document, context: LiftContext): Model {
  const { path } = document.file;
  const liftedAs = (judgeReferences: JudgeReferences): Lifted =>
    liftTemplate(readTemplate(document.root), {
      path,
      judgeReferences,
      parameters: context.settings.params,
      load: (other) => context.load(other),
    });
  const whole = liftedAs('all');
  const lifted = whole.problems.some(({ kind }) => kind === 'unresolved') && isPart(document, context) ? liftedAs('none') : whole;
  return {
    ...lifted,
    problems: [...unreadable(document), ...(isWhole(document) ? lifted.problems : [])],
    suppressions: [...suppressionsOf(document.root), ...(lifted.suppressions ?? [])],
    stage: { kind: 'unknown', why: 'a template does not say what its deploy is called', from: { kind: 'literal', at: document.root.at } },
  };
}

/** CloudFormation takes the last of two equal keys, and JSON with a trailing comma; all else stops it. */
export const unreadable = ({ problems }: Document): readonly Unreadable[] =>
  problems
    .filter(({ kind }) => kind !== 'lax-json')
    .map(({ at, kind, text }) => ({ kind: 'unreadable', at, exists: YES, text, fatal: kind !== 'duplicate-key' }));

/** What could not be read may define what is referred to, and hold what seems to be missing. */
export const isWhole = (document: Document): boolean => unreadable(document).every(({ fatal }) => !fatal);

function workOut({ root, file }: Document, { settings }: LiftContext): WorkedOut {
  return { written: resolveIntrinsics(readTemplate(root), { path: file.path, parameters: settings.params }) };
}

function stacks({ root, file }: Document, context: LiftContext): readonly StackTemplate[] {
  return stacksOf(readTemplate(root), { path: file.path, parameters: context.settings.params, load: (other) => context.load(other) })
    .stacks;
}
