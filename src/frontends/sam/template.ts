import type { Location } from '../../source/location.ts';
import { entriesOf, get, type Tree, type TreeEntry, type TreeMap } from '../../value/tree.ts';
import type { Said } from '../said.ts';
import type { Named } from '../../model/deployment.ts';
import { asText, list, map, scalar } from '../trees.ts';
import { globalsOf, withGlobals } from './globals.ts';
import { absent, filledIn } from './shape.ts';

export const FUNCTION = 'AWS::Serverless::Function';
export const STATE_MACHINE = 'AWS::Serverless::StateMachine';
export const REST = 'AWS::Serverless::Api';
export const HTTP = 'AWS::Serverless::HttpApi';
export const WEBSOCKET = 'AWS::Serverless::WebSocketApi';

/** A resource of a template as SAM sees it. */
export interface SamResource {
  readonly id: string;
  /** The logical id. */
  readonly key: Location;
  readonly type: string;
  readonly tree: Tree;
  /** As written under it. */
  readonly own: Tree;
  /** With what `Globals` say of its type. */
  readonly properties: Tree;
  readonly condition: string | undefined;
}

/** A SAM template and where what is compiled of it goes. */
export interface Sam {
  readonly template: TreeMap;
  /** In the order of the file. */
  readonly resources: ReadonlyMap<string, SamResource>;
  readonly output: Output;
  readonly say: (said: Said) => void;
  /** A value that hangs on parameters alone, as the deploy may find it: a choice, or unknown. */
  readonly given: (tree: Tree) => Tree;
}

export function readResources(template: Tree): ReadonlyMap<string, SamResource> {
  return new Map(
    [...entriesOf(get(template, 'Resources'))].flatMap(([id, { key, value }]) => {
      const type = asText(get(value, 'Type'))?.trim();
      return type === undefined ? [] : [[id, readResource(id, key, type, value, template)] as const];
    }),
  );
}

function readResource(id: string, key: Location, type: string, tree: Tree, template: Tree): SamResource {
  const own = get(tree, 'Properties');
  const globals = type.startsWith('AWS::Serverless::') ? globalsOf(template, type) : absent(own.from);
  return {
    id,
    key,
    type,
    tree,
    own,
    properties: withGlobals(own, globals, get(tree, 'IgnoreGlobals')),
    condition: asText(get(tree, 'Condition')),
  };
}

/** What a generated resource takes over from the one that it comes from. */
export interface Passed {
  readonly condition?: string | undefined;
  readonly dependsOn?: Tree;
}

/** The resources and conditions of the CloudFormation template that SAM makes. */
export class Output {
  private readonly resources: Map<string, TreeEntry>;
  private readonly conditions = new Map<string, TreeEntry>();
  /** Deployments that get another id whenever the body changes, or with every deploy. */
  readonly deployments = new Map<string, 'content' | 'always'>();
  /** By deployment: the parameters on which CORS hangs, and of which a new value makes no new one. */
  readonly parameters = new Map<string, readonly Named[]>();
  /** APIs that something was meant to set CORS of, which SAM refuses: what they would be is not known. */
  readonly refused = new Set<string>();
  private readonly template: TreeMap;

  constructor(template: TreeMap) {
    this.template = template;
    this.resources = new Map(entriesOf(get(template, 'Resources')));
  }

  remove(id: string): void {
    this.resources.delete(id);
  }

  put(id: string, key: Location, resource: Tree): void {
    this.resources.set(id, { key, value: resource });
  }

  add(id: string, type: string, key: Location, properties: Readonly<Record<string, Tree | undefined>>, passed: Passed = {}): void {
    const from = filledIn(key);
    const { condition, dependsOn } = passed;
    this.put(
      id,
      key,
      map(
        {
          Type: scalar(type, from),
          Properties: map(properties, from),
          Condition: condition === undefined ? undefined : scalar(condition, from),
          DependsOn: dependsOn?.kind === 'absent' ? undefined : dependsOn,
        },
        from,
      ),
    );
  }

  /** A condition that holds where one of others does; CloudFormation takes no more than ten at once (model/intrinsics.py make_combined_condition). */
  anyOf(name: string, conditions: readonly string[], at: Location): void {
    const from = filledIn(at);
    let rest = [...conditions].toSorted();
    for (let left = Math.ceil((rest.length - 1) / 9) - 1; rest.length > 1; left--) {
      const id = left > 0 ? `${name}${left}` : name;
      const operands = rest.slice(0, 10).map((one) => map({ Condition: scalar(one, from) }, from));
      this.conditions.set(id, { key: at, value: map({ 'Fn::Or': list(operands, from) }, from) });
      rest = [...rest.slice(10), id];
    }
  }

  get tree(): TreeMap {
    const { template } = this;
    const section = (name: string, entries: ReadonlyMap<string, TreeEntry>): readonly [string, TreeEntry] => {
      const key = template.entries.get(name)?.key ?? template.from.at;
      return [name, { key, value: { kind: 'map', entries, from: template.entries.get(name)?.value.from ?? template.from } }];
    };
    const conditions = new Map([...entriesOf(get(template, 'Conditions')), ...this.conditions]);
    return {
      ...template,
      entries: new Map([
        ...template.entries,
        section('Resources', this.resources),
        ...(conditions.size > 0 ? [section('Conditions', conditions)] : []),
      ]),
    };
  }
}
