import type { Location } from '../../source/location.ts';
import { entriesOf, get, type Tree } from '../../value/tree.ts';
import type { Said } from '../said.ts';
import type { Service, ServiceEvent } from './service.ts';
import { isGiven } from './shape.ts';

/** Events that take `cors`, or have it elsewhere; under every other event it does nothing (other-003). */
const WITH_CORS = new Set(['http', 'httpApi']);

/** The events that the framework itself knows (osls 4, lib/plugins/aws/package/compile/events). What a plugin's take, the plugin knows. */
const OF_THE_FRAMEWORK = new Set([
  'activemq',
  'alb',
  'alexaSkill',
  'alexaSmartHome',
  'cloudFront',
  'cloudwatchEvent',
  'cloudwatchLog',
  'cognitoUserPool',
  'eventBridge',
  'iot',
  'iotFleetProvisioning',
  'kafka',
  'msk',
  'rabbitmq',
  's3',
  'schedule',
  'sns',
  'sqs',
  'stream',
  'websocket',
]);

/** `cors` where the framework does not look for it. */
export function sayIgnored(service: Service, say: (said: Said) => void): void {
  const property = (at: Location, place: string, belongs: string): void =>
    say({ kind: 'property', at, name: 'cors', place, belongs, effect: service.outcome('leave it out') });
  for (const fn of service.functions) {
    const key = keyOf(fn.tree, 'cors');
    if (key) property(key, `the function \`${fn.name}\``, '`cors` of its `http` event, `provider.httpApi.cors`, or `cors` of its `url`');
    for (const event of fn.events) sayEvent(event, service.hasPlugins, say, property);
  }
  const provider = keyOf(service.provider, 'cors');
  if (provider) property(provider, '`provider`', '`cors` of each `http` event, or `provider.httpApi.cors`');
  const gateway = keyOf(get(service.provider, 'apiGateway'), 'cors');
  if (gateway) property(gateway, '`provider.apiGateway`', '`cors` of each `http` event');
}

function sayEvent(
  event: ServiceEvent,
  hasPlugins: boolean,
  say: (said: Said) => void,
  property: (at: Location, place: string, belongs: string) => void,
): void {
  const isForeign = (kind: string): boolean => hasPlugins && !OF_THE_FRAMEWORK.has(kind);
  const own = keyOf(event.value, 'cors');
  if (own && event.kind === 'httpApi') property(own, 'an `httpApi` event', '`provider.httpApi.cors`, for all routes of the API');
  else if (own && !WITH_CORS.has(event.kind) && !isForeign(event.kind)) say({ kind: 'cors-on-event', at: own, event: event.kind });
  // `- http:` and below it, in the same column, `cors:`; the loop comes by once for each key of the entry.
  if (event.kind !== 'cors') return;
  const first = [...entriesOf(event.entry)].find(([name]) => name !== 'cors');
  if (!first) return;
  const [name, { value }] = first;
  if (isForeign(name)) return;
  if (isGiven(value) && !WITH_CORS.has(name)) say({ kind: 'cors-on-event', at: event.key, event: name });
  else
    property(
      event.key,
      `the list of events, beside \`${name}\` in place of inside it`,
      isGiven(value) ? `\`${name}\`` : `\`${name}\`: its settings need two more blanks of indentation; as they stand no endpoint is made`,
    );
}

const keyOf = (tree: Tree, name: string): Location | undefined => entriesOf(tree).get(name)?.key;
