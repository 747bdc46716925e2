import type { Listener } from '../../model/around.ts';
import { get, type Tree } from '../../value/tree.ts';
import { plainHeaders } from './answers.ts';
import type { Entity, Template } from './template.ts';
import { absent, distribute, itemsOf, standing, verdictOf } from './worlds.ts';

/** The listener attributes that put CORS headers on answers, by header (O2). */
const ATTRIBUTE = /^routing\.http\.response\.(access_control_\w+)\.header_value$/;

/** Listeners of load balancers that add CORS headers. */
export const listeners = (template: Template): readonly Listener[] =>
  template.ofType('AWS::ElasticLoadBalancingV2::Listener').flatMap(listener);

function listener({ id, key, present, properties }: Entity): readonly Listener[] {
  const attributes = get(properties, 'ListenerAttributes');
  if (!itemsOf(attributes).some(({ tree }) => headerOf(tree) !== undefined)) return [];
  const valueOf = (header: string): Tree =>
    distribute([attributes], attributes.from, (list) => {
      if (list.kind !== 'list') return list.kind === 'unknown' ? list : absent(list.from);
      const found = list.items.findLast((item) => headerOf(standing(item)) === header);
      return found ? get(found, 'Value') : absent(list.from);
    });
  return [{ at: key, exists: verdictOf(present), name: id, headers: plainHeaders(valueOf, properties) }];
}

function headerOf(attribute: Tree): string | undefined {
  const name = get(attribute, 'Key');
  return name.kind === 'scalar' ? ATTRIBUTE.exec(String(name.value))?.[1]?.replaceAll('_', '-') : undefined;
}
