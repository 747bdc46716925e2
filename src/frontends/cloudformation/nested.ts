import { get, mapTree, type Tree } from '../../value/tree.ts';
import type { Problem, WrittenSuppression } from '../../model/written.ts';
import type { Document, LiftContext } from '../frontend.ts';
import { suppressionsOf } from './suppressed.ts';
import { withLocalBody } from './bodies.ts';
import { namesIn } from './handlers.ts';
import { expandIncludes, isLocal, missingFile } from './includes.ts';
import { resolveIntrinsics, resolveOutputs, type ResolveOptions } from './intrinsics.ts';
import { readTemplate } from './read.ts';
import { entitiesIn, type Entity } from './template.ts';
import { isNever } from './worlds.ts';

/** A template that is deployed with others, as one of its stacks. */
export interface Stack {
  /** What its logical ids stand under: '', 'Nested/'. */
  readonly scope: string;
  /** As written, the files that it includes in their places. */
  readonly template: Tree;
  readonly entities: readonly Entity[];
}

/** A template and all that it nests. */
export interface Stacks {
  readonly stacks: readonly Stack[];
  readonly problems: readonly Problem[];
  readonly suppressions: readonly WrittenSuppression[];
  /** Ids of the stacks whose templates were read. */
  readonly read: ReadonlySet<string>;
}

export interface NestedOptions extends ResolveOptions {
  /** Other files, by their paths relative to the template's folder; without it none is read. */
  readonly load?: LiftContext['load'];
  /** How a nested template is read: `readTemplate` of its root if left out. */
  readonly read?: (document: Document) => Tree;
}

/** A circle of templates, or a tree of them, ends here. */
const MAX_DEPTH = 4;
const MAX_STACKS = 40;

/** A template and the local templates that it nests, each with its ids under the id of its stack: `Nested/Api`. */
export function stacksOf(template: Tree, options: NestedOptions): Stacks {
  const gathering = new Gathering(options);
  gathering.add(template, {
    folder: '',
    scope: '',
    path: options.path ?? template.from.at.file.path,
    depth: 0,
    parameters: options.parameters ?? {},
  });
  return gathering.done();
}

interface Place {
  /** Of the template, relative to the folder of the outermost one; '' or with a slash at its end. */
  readonly folder: string;
  readonly scope: string;
  readonly depth: number;
  readonly path: string;
  readonly parameters: NonNullable<ResolveOptions['parameters']>;
  readonly handed?: Tree;
}

class Gathering {
  private readonly stacks: Stack[] = [];
  private readonly problems: Problem[] = [];
  private readonly suppressions: WrittenSuppression[] = [];
  private readonly outputs = new Map<string, ReadonlyMap<string, Tree>>();
  private readonly options: NestedOptions;

  constructor(options: NestedOptions) {
    this.options = options;
  }

  add(written: Tree, place: Place): ReadonlyMap<string, Tree> {
    const { load } = this.options;
    const loadHere = load && ((path: string) => load(joined(place.folder, path)));
    const template = loadHere ? expandIncludes(written, { load: loadHere, missing: (problem) => this.problems.push(problem) }) : written;
    const resolved = resolveIntrinsics(template, place);
    const own = entitiesIn(resolved, place.scope);
    const entities = loadHere ? own.map((entity) => withLocalBody(entity, loadHere)) : own;
    this.stacks.push({ scope: place.scope, template, entities });
    if (loadHere && place.depth < MAX_DEPTH) for (const entity of entities) this.nested(entity, place, loadHere);
    return place.scope === '' ? new Map() : resolveOutputs(template, place);
  }

  private nested(entity: Entity, place: Place, load: LiftContext['load']): void {
    const location = get(entity.properties, 'TemplateURL');
    if (entity.type !== 'AWS::CloudFormation::Stack' || isNever(entity.present)) return;
    if (location.kind !== 'scalar' || !isLocal(location.value) || this.stacks.length >= MAX_STACKS) return;
    const loaded = load(location.value);
    if (loaded.kind === 'missing') this.problems.push(missingFile(location.value, location.from));
    if (loaded.kind !== 'document') return;
    const { document } = loaded;
    const { read = ({ root }: Document) => readTemplate(root) } = this.options;
    const scope = `${entity.id}/`;
    this.suppressions.push(...suppressionsOf(document.root));
    const outputs = this.add(read(document), {
      folder: folderOf(joined(place.folder, location.value)),
      scope,
      path: `${document.file.path}#${scope}`,
      depth: place.depth + 1,
      parameters: {},
      handed: get(entity.properties, 'Parameters'),
    });
    this.outputs.set(entity.id, outputs);
  }

  done(): Stacks {
    const { problems, suppressions, outputs } = this;
    const filled = new Filling(outputs);
    const stacks =
      outputs.size === 0
        ? this.stacks
        : this.stacks.map((stack) => ({ ...stack, entities: stack.entities.map((one) => filled.entity(one)) }));
    return { stacks, problems, suppressions, read: new Set(outputs.keys()) };
  }
}

const joined = (folder: string, path: string): string => (path.startsWith('/') ? path : `${folder}${path.replace(/^\.\//, '')}`);
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** Puts what nested stacks give back in the place of `!GetAtt Nested.Outputs.Name`. */
class Filling {
  private readonly outputs: ReadonlyMap<string, ReadonlyMap<string, Tree>>;
  private readonly done = new Map<Tree, Tree>();

  constructor(outputs: ReadonlyMap<string, ReadonlyMap<string, Tree>>) {
    this.outputs = outputs;
  }

  entity = (entity: Entity): Entity => ({ ...entity, properties: this.tree(entity.properties, 0) });

  private tree(tree: Tree, hops: number): Tree {
    const before = this.done.get(tree);
    if (before) return before;
    const made = this.fresh(tree, hops);
    this.done.set(tree, made);
    return made;
  }

  private fresh(tree: Tree, hops: number): Tree {
    switch (tree.kind) {
      case 'unknown':
        return this.output(tree, hops);
      case 'list':
        return { ...tree, items: tree.items.map((item) => this.tree(item, hops)) };
      case 'map':
        return {
          ...tree,
          entries: new Map([...tree.entries].map(([name, { key, value }]) => [name, { key, value: this.tree(value, hops) }])),
        };
      case 'choice':
        return mapTree(tree, (arm) => this.tree(arm, hops));
      case 'scalar':
      case 'absent':
        return tree;
    }
  }

  private output(tree: Extract<Tree, { kind: 'unknown' }>, hops: number): Tree {
    const [only, second] = namesIn(tree);
    if (!only || second || !only.attribute?.startsWith('Outputs.')) return tree;
    const found = this.outputs.get(only.id)?.get(only.attribute.slice('Outputs.'.length));
    if (!found || hops > MAX_DEPTH || !tree.names) return tree;
    const { at } = tree.from;
    return mapTree(this.fresh(found, hops + 1), (arm) => ({ ...arm, from: { kind: 'reference', at, to: arm.from } }));
  }
}
