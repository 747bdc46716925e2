import type { Located } from '../../source/located.ts';
import type { Location, Origin } from '../../source/location.ts';
import { member, textOf } from '../cdk/json.ts';
import type { Document, LiftContext } from '../frontend.ts';
import { folderOf, join } from '../serverless/code/load.ts';
import { longForm } from '../tags.ts';

/** Where `sam build` puts what it makes, unless it is told another place. */
const BUILT = '/.aws-sam/build/';
/** What SAM takes for the template where it is not told of one, in its order. */
const TEMPLATES = ['template.yaml', 'template.yml', 'template.json'];

type Reading = Required<Pick<LiftContext, 'consult' | 'loadText'>>;

/**
 * `sam build` writes the template anew: the same values without comments, and the code of each function in a folder of its name. What
 * is found there stands in what it was made of, as far as that is still to be found.
 */
export function originsOf(document: Document, { consult, loadText }: LiftContext): (at: Location) => Origin | undefined {
  const [folder, name] = splitBuilt(document.file.path) ?? [];
  if (folder === undefined || name === undefined || !consult || !loadText) return () => undefined;
  const source = new Source('../'.repeat(name.split('/').length + 1), { consult, loadText });
  return (at) => {
    const [of, built] = splitBuilt(at.file.path) ?? [];
    const place = of === folder && built !== undefined ? source.placeOf(at, built.split('/')) : undefined;
    return place && { source: place };
  };
}

/** 'shop/.aws-sam/build/Fn/app.js' → ['shop', 'Fn/app.js']. */
function splitBuilt(path: string): readonly [string, string] | undefined {
  const slashed = path.replaceAll('\\', '/');
  const at = slashed.lastIndexOf(BUILT);
  return at < 0 ? undefined : [slashed.slice(0, at), slashed.slice(at + BUILT.length)];
}

interface Template {
  readonly file: string;
  readonly root: Located;
}

/** What was built: the templates as they were written, and the code. */
class Source {
  private readonly home: string;
  private readonly reading: Reading;
  private readonly templates = new Map<string, Template | undefined>();

  /** `home`: the way from the folder that files are read from to that of the project. */
  constructor(home: string, reading: Reading) {
    this.home = home;
    this.reading = reading;
  }

  placeOf(at: Location, steps: readonly string[]): Location | undefined {
    const [name = '', ...reversed] = steps.toReversed();
    if (TEMPLATES.includes(name)) {
      const template = this.template(reversed.toReversed());
      if (template) return placeIn(template.root, at);
    }
    return this.code(at, steps);
  }

  /** By the ids of the nested stacks that lead to it. */
  private template(ids: readonly string[]): Template | undefined {
    const key = ids.join('/');
    if (!this.templates.has(key)) this.templates.set(key, this.find(ids));
    return this.templates.get(key);
  }

  private find(ids: readonly string[]): Template | undefined {
    const id = ids.at(-1);
    if (id === undefined) return this.outermost();
    const parent = this.template(ids.slice(0, -1));
    const resource = parent && member(parent.root, 'Resources', id, 'Properties');
    const file = textOf(member(resource, 'Location')) ?? textOf(member(resource, 'TemplateURL'));
    return parent && file !== undefined ? this.read(join(folderOf(parent.file), file)) : undefined;
  }

  private outermost(): Template | undefined {
    const config = this.reading.loadText(join(this.home, 'samconfig.toml'));
    const told = config.kind === 'text' ? /^\s*template(?:_file)?\s*=\s*(["'])(.+?)\1/m.exec(config.file.text)?.[2] : undefined;
    for (const name of told === undefined ? TEMPLATES : [told]) {
      const template = this.read(join(this.home, name));
      if (template) return template;
    }
    return undefined;
  }

  private read(file: string): Template | undefined {
    const loaded = this.reading.consult(file);
    return loaded.kind === 'document' ? { file, root: loaded.document.root } : undefined;
  }

  /** The same file in the folder that was built, if it is still the same. */
  private code(at: Location, steps: readonly string[]): Location | undefined {
    for (let depth = 1; depth < steps.length; depth += 1) {
      const template = this.template(steps.slice(0, depth - 1));
      const uri = template && codeOf(template.root, steps[depth - 1] ?? '');
      if (!template || uri === undefined) continue;
      const loaded = this.reading.loadText(join(join(folderOf(template.file), uri), steps.slice(depth).join('/')));
      if (loaded.kind === 'text' && loaded.file.text === at.file.text) return { ...at, file: loaded.file };
    }
    return undefined;
  }
}

const codeOf = (root: Located, id: string): string | undefined =>
  textOf(member(root, 'Resources', id, 'Properties', 'CodeUri')) ?? textOf(member(root, 'Globals', 'Function', 'CodeUri'));

/** The same place in another writing of the document; the nearest that is there, and nothing where not even the resource is. */
function placeIn(root: Located, at: Location): Location | undefined {
  let [node, key]: readonly [Located, Location | undefined] = [root, undefined];
  let depth = 0;
  for (const step of at.path) {
    const entry = entryOf(node, step);
    if (!entry && longForm(node.tag) !== step) break;
    if (entry) [node, key] = [entry.value, entry.key];
    depth += 1;
  }
  if (depth < Math.min(at.path.length, LEAST)) return undefined;
  const whole = depth === at.path.length;
  // A key has the path of its value.
  const isKey = at.file.text.slice(at.start, at.end) === String(at.path.at(-1));
  return key && (!whole || isKey) ? key : node.at;
}

/** `Resources` and an id. */
const LEAST = 2;

function entryOf(node: Located, step: string | number): { readonly key: Location | undefined; readonly value: Located } | undefined {
  if (node.kind === 'map') return node.entries.get(String(step));
  const item = node.kind === 'list' ? node.items[Number(step)] : undefined;
  return item && { key: undefined, value: item };
}
