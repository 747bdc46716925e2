import type { DuplicateMethod } from '../../model/written.ts';
import { get } from '../../value/tree.ts';
import { leaves, type Value } from '../../value/value.ts';
import { Paths, resourceKey } from './paths.ts';
import { identity, ownersIn, type Entity, type Template } from './template.ts';
import { both, isGiven, isNever, variants, verdictOf, type Arm } from './worlds.ts';

/** A method on a resource, in the worlds in which it is that one. */
interface Standing {
  readonly entity: Entity;
  readonly present: Value<boolean>;
  readonly method: string;
  readonly resource: Arm;
}

const ERROR = 'Method already exists for this resource';

/** Methods that another one of the same API, resource and name stands beside: API Gateway has one of a kind (R23). */
export function duplicateMethods(template: Template): readonly DuplicateMethod[] {
  const methods = template.ofType('AWS::ApiGateway::Method');
  if (arePlainlyDistinct(methods)) return [];
  const firsts = new Map<string, Standing>();
  const paths = new Paths(template);
  return methods.flatMap((entity) =>
    placesOf(entity).flatMap(([key, standing]): DuplicateMethod[] => {
      const first = firsts.get(key);
      if (!first) firsts.set(key, standing);
      const together = first ? both(first.present, standing.present) : undefined;
      if (!first || !together || isNever(together)) return [];
      const { method, resource } = standing;
      const exists = verdictOf(together);
      return [
        {
          kind: 'duplicate-method',
          at: entity.key,
          exists,
          method,
          path: textOf(paths.of(resource)),
          error: ERROR,
          first: first.entity.key,
        },
      ];
    }),
  );
}

/** Whether none hangs on a choice, and no two are alike, wherever they are deployed: as in nearly every template. */
function arePlainlyDistinct(methods: readonly Entity[]): boolean {
  const seen = new Set<string>();
  for (const { properties } of methods) {
    const [api, resource, name] = [get(properties, 'RestApiId'), get(properties, 'ResourceId'), get(properties, 'HttpMethod')];
    if (api.kind === 'choice' || resource.kind === 'choice' || name.kind !== 'scalar') return false;
    seen.add(keyOf(identity(api), resourceKey(resource), nameOf(name)));
  }
  return seen.size === methods.length;
}

const keyOf = (api: string, resource: string, method: string): string => JSON.stringify([api, resource, method]);

const nameOf = (method: Arm): string => (method.kind === 'scalar' ? String(method.value).toUpperCase() : '');

function placesOf(entity: Entity): readonly (readonly [string, Standing])[] {
  const { properties } = entity;
  const names = variants(get(properties, 'HttpMethod'), nameOf);
  return ownersIn(get(properties, 'RestApiId')).flatMap((owner) =>
    [...variants(get(properties, 'ResourceId'), resourceKey)].flatMap(([place, { arm, present: here }]) =>
      [...names].flatMap(([method, { present: named }]) => {
        if (method === '' || !isGiven(arm)) return [];
        const present = [owner.present, here, named].reduce(both, entity.present);
        return [[keyOf(owner.key, place, method), { entity, present, method, resource: arm }] as const];
      }),
    ),
  );
}

/** The first path that is known, or what is known of it. */
function textOf(path: Value<string>): string {
  const arms = [...leaves(path)];
  const one = arms.find(({ kind }) => kind === 'known') ?? arms[0];
  return one?.kind === 'known' ? one.value : (one?.pieces ?? [null]).map((piece) => piece ?? '…').join('');
}
