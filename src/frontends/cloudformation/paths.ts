import { get, partsOf, valueOf, type Part, type Tree } from '../../value/tree.ts';
import type { Value } from '../../value/value.ts';
import { compose, isText } from './text.ts';
import { identity, textOr, type Entity, type Template } from './template.ts';
import { distribute, type Arm } from './worlds.ts';

/** More than any path has; parents that go in a circle end here. */
const MAX_DEPTH = 60;

/** The paths of REST resources: each holds its last part and the id of its parent. */
export class Paths {
  private readonly template: Template;
  private readonly known = new Map<string, Tree>();

  constructor(template: Template) {
    this.template = template;
  }

  /** The path of the resource that a ResourceId names: '/users/{id}', '/' for the root; with a hole for parents that cannot be seen. */
  of(id: Arm): Value<string> {
    return valueOf(this.path(id, 0), (value) => textOr(value) || '/');
  }

  /** Without a slash at the end, so '' for the root. */
  private path(id: Arm, depth: number): Tree {
    if (id.kind === 'unknown' && id.names?.attribute === 'RootResourceId') return { kind: 'scalar', value: '', from: id.from };
    const entity = this.template.named(id);
    if (entity?.type === 'AWS::ApiGateway::Resource' && depth <= MAX_DEPTH) return this.below(entity, depth);
    const why = entity?.type === 'AWS::ApiGateway::Resource' ? 'its parents go in a circle' : 'the resource above it is defined elsewhere';
    return compose([{ hole: id.kind === 'unknown' && !id.names ? id.why : why, from: id.from }], id.from);
  }

  private below({ id, properties }: Entity, depth: number): Tree {
    const before = this.known.get(id);
    if (before) return before;
    const [parent, part] = [get(properties, 'ParentId'), get(properties, 'PathPart')];
    const path = distribute([parent], parent.from, (above) =>
      distribute([this.path(above, depth + 1), part], part.from, (head, tail) =>
        compose([...pieces(head), { text: '/', from: part.from }, ...pieces(tail)], part.from),
      ),
    );
    // Cut off inside a circle it is another path than from outside: only what was asked for first is kept.
    if (depth === 0) this.known.set(id, path);
    return path;
  }
}

const pieces = (arm: Arm): readonly Part[] => (isText(arm) ? partsOf(arm) : [{ hole: 'a part of the path is missing', from: arm.from }]);

/** Resources of one API by what their ResourceId names; the root is one, whoever names it. */
export const resourceKey = (id: Arm): string => (id.kind === 'unknown' && id.names?.attribute === 'RootResourceId' ? 'root' : identity(id));
