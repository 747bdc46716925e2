import type { Model } from '../../model/api.ts';
import type { Unreadable } from '../../model/written.ts';
import type { Located } from '../../source/located.ts';
import { YES } from '../../value/verdict.ts';
import { liftTemplate } from '../cloudformation/lift.ts';
import { readTemplate } from '../cloudformation/read.ts';
import type { Document, FrontEnd, LiftContext } from '../frontend.ts';
import { Notes } from '../serverless/said.ts';
import { translate } from './translate.ts';

/** SAM templates: translated to CloudFormation as SAM does it at the deploy, then lifted as that. */
export const sam: FrontEnd = { name: 'sam', claims, lift };

/** By the transform, or a resource that only SAM knows. */
function claims(root: Located): boolean {
  if (root.kind !== 'map') return false;
  if (textsIn(root.entries.get('Transform')?.value).some((name) => name.startsWith('AWS::Serverless-'))) return true;
  const resources = root.entries.get('Resources')?.value;
  if (resources?.kind !== 'map') return false;
  return [...resources.entries.values()].some(
    ({ value }) => value.kind === 'map' && textsIn(value.entries.get('Type')?.value).some((type) => type.startsWith('AWS::Serverless::')),
  );
}

/** A text, or the texts of a list. */
function textsIn(located: Located | undefined): readonly string[] {
  if (located?.kind === 'list') return located.items.flatMap(textsIn);
  return located?.kind === 'scalar' && typeof located.value === 'string' ? [located.value.trim()] : [];
}

function lift(document: Document, context: LiftContext): Model {
  const { path } = document.file;
  const at = document.root.at;
  const stage = { kind: 'unknown', why: 'a template does not say what its deploy is called', from: { kind: 'literal', at } } as const;
  const root = readTemplate(document.root);
  if (root.kind !== 'map') return { apis: [], deployments: [], ignored: [], problems: unreadable(document), mentions: [], stage };
  const notes = new Notes(['']);
  const { template, deployments, open } = translate(root, context, (said) => notes.say(said, ''));
  const lifted = liftTemplate(template, { path, judgeReferences: 'all', parameters: context.settings.params });
  return {
    ...lifted,
    apis: lifted.apis.map((api) => (open.has(api.name) ? { ...api, imported: true } : api)),
    deployments: lifted.deployments.map((one) => (deployments.has(one.name) ? { ...one, generated: true } : one)),
    ignored: [...notes.ignored, ...lifted.ignored],
    problems: [...unreadable(document), ...notes.problems, ...lifted.problems],
    mentions: [],
    stage,
  };
}

/** CloudFormation takes the last of two equal keys; all else stops it. */
const unreadable = ({ problems }: Document): readonly Unreadable[] =>
  problems.map(({ at, kind, text }) => ({ kind: 'unreadable', at, exists: YES, text, fatal: kind !== 'duplicate-key' }));
