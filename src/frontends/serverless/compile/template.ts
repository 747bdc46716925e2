import type { Location } from '../../../source/location.ts';
import { type Tree, type TreeEntry, type TreeMap } from '../../../value/tree.ts';
import type { Provenance } from '../../../value/value.ts';
import type { Outcome } from '../engine.ts';
import { mergeDeep } from '../merge.ts';
import type { Said } from '../../said.ts';
import type { Service } from '../service.ts';
import { list, map, scalar } from '../../trees.ts';
import { filledIn } from '../shape.ts';

/** The CloudFormation template as the framework builds it up, resource by resource. */
export class Template {
  readonly service: Service;
  readonly say: (said: Said) => void;
  readonly outcome: Outcome;
  private readonly resources = new Map<string, TreeEntry>();

  constructor(service: Service, say: (said: Said) => void) {
    this.service = service;
    this.say = say;
    this.outcome = service.outcome;
  }

  /** A resource under its logical id: instead of an earlier one in osls 4, merged into it elsewhere (merge-016, merge-020). */
  put(id: string, at: Location, resource: Tree): void {
    const before = this.resources.get(id);
    this.resources.set(id, { key: at, value: before && this.service.mergesResources ? mergeDeep(before.value, resource) : resource });
  }

  add(
    id: string,
    type: string,
    at: Location,
    properties: Readonly<Record<string, Tree | undefined>>,
    dependsOn: readonly string[] = [],
  ): void {
    this.put(id, at, resource(type, properties, filledIn(at), dependsOn));
  }

  get tree(): TreeMap {
    const from = filledIn(this.service.at);
    return map({ Resources: { kind: 'map', entries: this.resources, from } }, from);
  }
}

/** A resource of which it is not known whether it is deployed. */
export const doubtful = (one: Tree, why: string): Tree =>
  one.kind === 'map'
    ? { ...one, entries: new Map([...one.entries, ['Condition', { key: one.from.at, value: { kind: 'unknown', why, from: one.from } }]]) }
    : one;

export const resource = (
  type: string,
  properties: Readonly<Record<string, Tree | undefined>>,
  from: Provenance,
  dependsOn: readonly string[] = [],
): Tree =>
  map(
    {
      Type: scalar(type, from),
      Properties: map(properties, from),
      DependsOn:
        dependsOn.length > 0
          ? list(
              dependsOn.map((id) => scalar(id, from)),
              from,
            )
          : undefined,
    },
    from,
  );
