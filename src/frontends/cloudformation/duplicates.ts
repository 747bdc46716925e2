import type { DuplicateMethod } from '../../model/written.ts';
import { get } from '../../value/tree.ts';
import { leaves, type Value } from '../../value/value.ts';
import { Paths, resourceKey } from './paths.ts';
import { ownersIn, type Entity, type Template } from './template.ts';
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
  const firsts = new Map<string, Standing>();
  const paths = new Paths(template);
  return template.ofType('AWS::ApiGateway::Method').flatMap((entity) =>
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

function placesOf(entity: Entity): readonly (readonly [string, Standing])[] {
  const { properties } = entity;
  const names = variants(get(properties, 'HttpMethod'), (arm) => (arm.kind === 'scalar' ? String(arm.value).toUpperCase() : ''));
  return ownersIn(get(properties, 'RestApiId')).flatMap((owner) =>
    [...variants(get(properties, 'ResourceId'), resourceKey)].flatMap(([place, { arm, present: here }]) =>
      [...names].flatMap(([method, { present: named }]) => {
        if (method === '' || !isGiven(arm)) return [];
        const present = [owner.present, here, named].reduce(both, entity.present);
        return [[JSON.stringify([owner.key, place, method]), { entity, present, method, resource: arm }] as const];
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
