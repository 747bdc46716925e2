import type { Located } from '../../source/located.ts';
import type { Origin } from '../../source/location.ts';
import type { Assembly, AssemblyTemplate } from './assembly.ts';
import { entriesIn, member, textOf } from './json.ts';
import { idsOf, type Metadata } from './metadata.ts';
import { ancestorsOf } from './paths.ts';
import type { Spot } from './sources.ts';

/** The constructs of a template that lies in no assembly: what `aws:cdk:path` says, which the CDK's command line writes . */
export const writtenConstructs = (root: Located): ReadonlyMap<string, Origin> =>
  new Map([...writtenPaths(root)].map(([id, path]) => [id, { name: path }]));

function* writtenPaths(root: Located): Iterable<readonly [id: string, path: string]> {
  for (const [id, { value }] of entriesIn(member(root, 'Resources'))) {
    const path = textOf(member(value, 'Metadata', 'aws:cdk:path'));
    if (path !== undefined) yield [id, path];
  }
}

/** The constructs of a template by logical id: resources, parameters and outputs, whose ids are all different. */
export function constructsOf(root: Located, template: AssemblyTemplate, assembly: Assembly): ReadonlyMap<string, Origin> {
  const { path: stack, files } = template;
  const paths = new Map([...idsOf(files.metadata, stack), ...writtenPaths(root)]);
  const lacking = [...entriesIn(member(root, 'Resources')).keys()].filter((id) => !paths.has(id));
  const inTree = lacking.length > 0 ? idsOf(assembly.tree, stack) : undefined;
  for (const id of lacking) {
    const path = inTree?.get(id);
    if (path !== undefined) paths.set(id, path);
  }
  const spots = new Map<string, Spot | undefined>();
  return new Map(
    [...paths].map(([id, path]) => {
      const spot = spotOf(path, stack, (one) => spotAt(one, files.metadata, assembly, spots));
      // The construct path is what stays when lines move.
      return [id, { name: path, ...(spot && { source: { ...spot, path: [path] } }) }];
    }),
  );
}

function spotAt(path: string, { traces }: Metadata, { sources }: Assembly, spots: Map<string, Spot | undefined>): Spot | undefined {
  if (spots.has(path)) return spots.get(path);
  const trace = traces.get(path);
  const spot = trace && sources.spot(trace);
  spots.set(path, spot);
  return spot;
}

/**
 * Where a construct was made, else the nearest one around it that has a line: Node keeps ten frames, so what a library makes
 * deep inside another construct has none of its own. Not beyond the stack, which is made for other things too.
 */
function spotOf(path: string, stack: string, at: (path: string) => Spot | undefined): Spot | undefined {
  const own = at(path);
  if (own) return own;
  const around = [...ancestorsOf(path)].filter((one) => one.length >= stack.length).toReversed();
  for (const one of around) {
    const spot = at(`${one}/Resource`) ?? at(one);
    if (spot) return spot;
  }
  return undefined;
}
