import type { Model } from '../../model/api.ts';
import type { Located } from '../../source/located.ts';
import type { Location, Origin } from '../../source/location.ts';
import { cloudformation } from '../cloudformation/index.ts';
import { claims, isManifest } from './claims.ts';
import type { Document, FrontEnd, LiftContext, Loaded, StackTemplate } from '../frontend.ts';
import { sam } from '../sam/index.ts';
import { nameOf } from '../serverless/code/load.ts';
import { Assembly } from './assembly.ts';
import { constructsOf, writtenConstructs } from './constructs.ts';
import { markFilledIn } from './filled-in.ts';
import { filesOf, withLocalFiles } from './local.ts';
import { readAssembly } from './read.ts';

/**
 * Templates that the CDK synthesized, and the manifests of its cloud assemblies, of which only what is wrong with them is
 * told. A template is lifted by the dialect that claims it: CDK apps hold SAM's resources too.
 */
export const cdk: FrontEnd = {
  name: 'cdk',
  claims,
  lift: (document, context) =>
    isManifest(document.root) || nameOf(document.file.path) === 'manifest.json'
      ? liftManifest(document, context)
      : liftTemplate(document, context),
  stacks: (document, context) => (isManifest(document.root) ? [] : stacksOf(document, context)),
  originsOf,
};

const dialectOf = (root: Located): FrontEnd | undefined => [sam, cloudformation].find((one) => one.claims(root));

function liftTemplate(document: Document, context: LiftContext): Model {
  const local = withLocal(document, context);
  const model = dialect(document).lift(local.document, local.context);
  return { ...model, apis: model.apis.map(markFilledIn) };
}

function stacksOf(document: Document, context: LiftContext): readonly StackTemplate[] {
  const local = withLocal(document, context);
  return dialect(document).stacks?.(local.document, local.context) ?? [];
}

const dialect = ({ root }: Document): FrontEnd => dialectOf(root) ?? cloudformation;

/** The template and what it loads, with local paths in place of the addresses that assets are uploaded to. */
function withLocal(document: Document, context: LiftContext): { readonly document: Document; readonly context: LiftContext } {
  const assembly = assemblyOf(document, context);
  const local = (one: Document): Document => {
    const template = assembly?.find(nameOf(one.file.path));
    return template ? { ...one, root: withLocalFiles(one.root, template) } : one;
  };
  const load = (path: string): Loaded => {
    const loaded = context.load(path);
    return loaded.kind === 'document' ? { ...loaded, document: local(loaded.document) } : loaded;
  };
  return { document: local(document), context: { ...context, load } };
}

/** Whether a file lies in the folder of an asset. */
const isBelow = (path: string, folder: string): boolean => path.replaceAll('\\', '/').includes(`/${folder}/`);

/** Many templates have one manifest: it and what belongs to it are worked out once for all of them. */
const assemblies = new WeakMap<Document, Assembly>();

/** The assembly that a template lies in, by the manifest beside it. One that cannot be read is told when it is linted itself. */
function assemblyOf({ file }: Document, { consult, loadText }: LiftContext): Assembly | undefined {
  const loaded = consult?.('manifest.json');
  if (!consult || loaded?.kind !== 'document' || !isManifest(loaded.document.root) || loaded.document.file === file) return undefined;
  const assembly = assemblies.get(loaded.document) ?? new Assembly(loaded.document, { load: consult, ...(loadText && { loadText }) });
  assemblies.set(loaded.document, assembly);
  return assembly;
}

/** The templates are linted by themselves; this says which of them are not there. */
function liftManifest(document: Document, context: LiftContext): Model {
  const { problems } = readAssembly(document, { load: context.consult ?? (() => ({ kind: 'missing' })) });
  const root: Located = { kind: 'map', at: document.root.at, source: '', plain: true, entries: new Map() };
  return { ...cloudformation.lift({ ...document, root, problems: [] }, context), problems };
}

/**
 * By the resource that a place of a template stands in, and by that which is made of a file: nested templates and OpenAPI
 * documents are part of the template that is linted.
 */
function originsOf(document: Document, context: LiftContext): (at: Location) => Origin | undefined {
  const assembly = assemblyOf(document, context);
  const known = new Map<string, ReadonlyMap<string, Origin>>();
  const constructsIn = (name: string): ReadonlyMap<string, Origin> => {
    const template = assembly?.find(name);
    const root = name === nameOf(document.file.path) ? document.root : assembly?.root(name);
    if (!root) return new Map();
    return assembly && template ? constructsOf(root, template, assembly) : writtenConstructs(root);
  };
  const originIn = (name: string, id: string): Origin | undefined => {
    const constructs = known.get(name) ?? constructsIn(name);
    known.set(name, constructs);
    return constructs.get(id);
  };
  const own = nameOf(document.file.path);
  const template = assembly?.find(own);
  const made = template ? [...filesOf(document.root, template)] : [];
  return ({ file, path: [section, id] }) => {
    const name = nameOf(file.path);
    if (section === 'Resources' && typeof id === 'string') return originIn(name, id);
    const maker = made.find(([, used]) => used.file === name || isBelow(file.path, used.file))?.[0];
    return maker === undefined ? undefined : originIn(own, maker);
  };
}
