import type { Model } from '../../model/api.ts';
import type { Tree, WorkedOut } from '../../value/tree.ts';
import { isWhole, unreadable } from '../cloudformation/index.ts';
import { expandIncludes } from '../cloudformation/includes.ts';
import { resolveIntrinsics, type ResolveOptions } from '../cloudformation/intrinsics.ts';
import { liftTemplate } from '../cloudformation/lift.ts';
import { stacksOf } from '../cloudformation/nested.ts';
import { readTemplate } from '../cloudformation/read.ts';
import { wrongShapes } from '../cloudformation/shapes.ts';
import { suppressionsOf } from '../cloudformation/suppressed.ts';
import { claims } from './claims.ts';
import type { Document, FrontEnd, LiftContext, StackTemplate } from '../frontend.ts';
import { Notes, type Said } from '../said.ts';
import { originsOf } from './built.ts';
import { withEntry } from './shape.ts';
import { FUNCTION } from './template.ts';
import { translate, type Translated } from './translate.ts';

/** SAM templates: translated to CloudFormation as SAM does it at the deploy, then lifted as that. */
export const sam: FrontEnd = { name: 'sam', claims, lift, workOut, stacks, originsOf };

function lift(document: Document, context: LiftContext): Model {
  const load: LiftContext['load'] = (file) => context.load(file);
  const { path } = document.file;
  const notes = new Notes(['']);
  const say = (said: Said): void => notes.say(said, '');
  const parameters = context.settings.params;
  const { template, deployments, open } = read(document, { path, parameters, load }, say);
  const lifted = liftTemplate(template, {
    path,
    parameters,
    load,
    judgeReferences: 'all',
    // A nested template is handed its parameters: which, only the lifting knows.
    read: (nested) =>
      read(nested, { path: nested.file.path, load: (file) => load(`${between(path, nested.file.path)}${file}`) }, say).template,
  });
  // SAM makes its own shapes of these, so they are looked for in what was written.
  const mistaken = wrongShapes(readTemplate(document.root)).filter(
    ({ text }) => !lifted.problems.some((one) => 'text' in one && one.text === text),
  );
  return {
    ...lifted,
    apis: lifted.apis.map((api) => (open.has(api.name) ? { ...api, imported: true } : api)),
    deployments: lifted.deployments.map((one) => {
      const hung = deployments.get(one.name);
      return hung ? { ...one, generated: true, ofDocument: { parameters: hung } } : one;
    }),
    ignored: [...notes.ignored, ...lifted.ignored],
    problems: [...unreadable(document), ...(isWhole(document) ? [...mistaken, ...notes.problems, ...lifted.problems] : [])],
    suppressions: [...suppressionsOf(document.root), ...(lifted.suppressions ?? [])],
    stage: { kind: 'unknown', why: 'a template does not say what its deploy is called', from: { kind: 'literal', at: document.root.at } },
  };
}

function workOut(document: Document, context: LiftContext): WorkedOut {
  const options = { path: document.file.path, parameters: context.settings.params };
  const { template } = read(document, { ...options, load: (file) => context.load(file) }, () => undefined);
  return { written: resolveIntrinsics(readTemplate(document.root), options), deployed: resolveIntrinsics(template, options) };
}

/** The templates that SAM makes; nested ones are made with their own parameters, as in `lift`. */
function stacks(document: Document, context: LiftContext): readonly StackTemplate[] {
  const { path } = document.file;
  const load: LiftContext['load'] = (file) => context.load(file);
  const options = { path, parameters: context.settings.params, load };
  const renewals = new Map<Tree, StackTemplate['renewed']>();
  const made = (one: Document, given: typeof options): Tree => {
    const { template, renewed } = read(one, given, () => undefined);
    renewals.set(template, renewed);
    return template;
  };
  const all = stacksOf(made(document, options), {
    ...options,
    read: (nested) =>
      made(nested, { ...options, path: nested.file.path, load: (file) => load(`${between(path, nested.file.path)}${file}`) }),
  });
  return all.stacks.map(({ scope, template }) => {
    const renewed = renewals.get(template);
    return { scope, template: withoutFunctions(template), ...(renewed && { renewed }) };
  });
}

/** What is left of SAM's is deployed under another name, and must not look like another thing. */
const withoutFunctions = (template: Tree): Tree =>
  mapEntry(template, 'Resources', (resources) => {
    if (resources.kind !== 'map') return resources;
    const entries = [...resources.entries].map(
      ([id, entry]) => [id, { ...entry, value: mapEntry(entry.value, 'Type', deployedAs) }] as const,
    );
    return { ...resources, entries: new Map(entries) };
  });

const mapEntry = (tree: Tree, name: string, make: (value: Tree) => Tree): Tree => {
  const value = tree.kind === 'map' ? tree.entries.get(name)?.value : undefined;
  return tree.kind === 'map' && value ? withEntry(tree, name, make(value)) : tree;
};

const deployedAs = (type: Tree): Tree =>
  type.kind === 'scalar' && type.value === FUNCTION ? { ...type, value: 'AWS::Lambda::Function' } : type;

/** The folder of a nested template, relative to that of the outermost one: '' or with a slash at its end. */
function between(outer: string, nested: string): string {
  const [from, to] = [outer, nested].map((path) => path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));
  return to?.startsWith(from ?? '') ? to.slice(from?.length) : '';
}

/** Translated where it is SAM's: the files that it includes are in their places before SAM sees it (sam.md §1). */
function read({ root }: Document, { load, ...options }: ResolveOptions & Pick<LiftContext, 'load'>, say: (said: Said) => void): Translated {
  const template = expandIncludes(readTemplate(root), { load });
  if (template.kind === 'map' && claims(root)) return translate(template, options, say);
  return { template, deployments: new Map(), renewed: new Map(), open: new Set() };
}
