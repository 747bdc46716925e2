import type { Located, LocatedEntry } from '../../source/located.ts';
import type { AssemblyTemplate } from './assembly.ts';
import { entriesIn, member, textOf } from './json.ts';
import { fileNamedIn, nestedStacks } from './nested.ts';
import { within } from './paths.ts';

/**
 * The template with local paths in place of the addresses that its assets are uploaded to, as it was before
 * `aws cloudformation package`: nested templates, OpenAPI documents and the code of functions lie beside the manifest.
 */
export function withLocalFiles(root: Located, template: AssemblyTemplate): Located {
  const resources = member(root, 'Resources');
  const changed = [...filesOf(root, template)].reduce(
    (all, [id, { property, file }]) => replaced(all, [id, 'Properties', property], file),
    resources,
  );
  return root.kind === 'map' && resources && changed ? withEntry(root, 'Resources', changed) : root;
}

interface Used {
  readonly property: 'BodyS3Location' | 'TemplateURL' | 'Code';
  /** Relative to the folder of the template; a folder for code. */
  readonly file: string;
}

/** The files that resources are made of, by logical id. */
export function filesOf(root: Located, template: AssemblyTemplate): ReadonlyMap<string, Used> {
  const resources = member(root, 'Resources');
  const files = new Map<string, Used>();
  for (const [id, { value }] of entriesIn(resources)) {
    const property = DEFINED_BY[textOf(member(value, 'Type')) ?? ''];
    const file = property && fileNamedIn(member(value, 'Properties', property), template.files);
    if (property && file !== undefined) files.set(id, { property, file });
  }
  for (const { id, file } of nestedStacks(root, template)) {
    const inside = within(file.text);
    if (inside !== undefined) files.set(id, { property: 'TemplateURL', file: inside });
  }
  return files;
}

const DEFINED_BY: Readonly<Record<string, Used['property'] | undefined>> = {
  'AWS::ApiGateway::RestApi': 'BodyS3Location',
  'AWS::ApiGatewayV2::Api': 'BodyS3Location',
  'AWS::Lambda::Function': 'Code',
};

/** The node with a text at the end of the path, which stands where it stood; the node itself where there is no such path. */
function replaced(node: Located | undefined, [name, ...rest]: readonly string[], text: string): Located | undefined {
  if (name === undefined) return node && { kind: 'scalar', value: text, at: node.at, source: node.source, plain: false };
  const inner = replaced(member(node, name), rest, text);
  return node?.kind === 'map' && inner ? withEntry(node, name, inner) : node;
}

function withEntry(map: Extract<Located, { kind: 'map' }>, name: string, value: Located): Located {
  const entry: LocatedEntry = { key: map.entries.get(name)?.key ?? value.at, value };
  return { ...map, entries: new Map([...map.entries, [name, entry]]) };
}
