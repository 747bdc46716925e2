import type { Behavior, Distribution } from '../../model/around.ts';
import { get, listOf, piecesOf, valueOf, type Tree } from '../../value/tree.ts';
import { known, type List, type Value } from '../../value/value.ts';
import { cachePolicy, forwardedByPolicy, type Caching } from './cache-policies.ts';
import { namesIn } from './handlers.ts';
import { responsePolicy } from './response-policies.ts';
import { nameOfUrl } from './url.ts';
import { constant, textOr, type Entity, type Template } from './template.ts';
import { absent, both, isNever, itemsOf, perWorld, standsHere, verdictOf } from './worlds.ts';

/** CloudFront distributions of a template in front of an API. */
export const distributions = (template: Template): readonly Distribution[] =>
  template.ofType('AWS::CloudFront::Distribution').flatMap((entity) => distribution(entity, template) ?? []);

/** An origin that is an API: which of its kind, and its name where the template shows it. */
type Served = Pick<Behavior, 'origin' | 'api' | 'signs'>;

function distribution({ id, key, properties, present }: Entity, template: Template): Distribution | undefined {
  const config = get(properties, 'DistributionConfig');
  const origins = itemsOf(get(config, 'Origins')).map(({ tree }) => ({ id: textIn(get(tree, 'Id')), served: servedBy(tree, template) }));
  const whole = [
    { tree: get(config, 'DefaultCacheBehavior'), path: constant('*', key), present },
    ...itemsOf(get(config, 'CacheBehaviors')).map((item) => ({
      tree: item.tree,
      path: valueOf(get(item.tree, 'PathPattern'), textOr),
      present: both(present, item.present),
    })),
  ];
  const behaviors = whole.flatMap((one) => {
    const target = textIn(get(one.tree, 'TargetOriginId'));
    const served = origins.find((origin) => origin.id !== undefined && origin.id === target)?.served;
    return served ? [behavior(one, served, template)] : [];
  });
  if (behaviors.length === 0) return undefined;
  return {
    at: key,
    exists: verdictOf(present),
    name: id,
    aliases: listOf(get(config, 'Aliases'), textOr),
    behaviors,
    servesMore: origins.some(({ served }) => served === undefined),
  };
}

const textIn = (tree: Tree): string | undefined => (tree.kind === 'scalar' ? String(tree.value) : undefined);

/** By its host name: `<id>.execute-api.…`, `<id>.lambda-url.…`, or what is cut out of the attribute of one that the template defines. */
function servedBy(origin: Tree, template: Template): Served | undefined {
  const host = get(origin, 'DomainName');
  const text =
    host.kind === 'scalar'
      ? String(host.value)
      : host.kind === 'unknown' && host.parts
        ? piecesOf(host.parts)
            .map((piece) => piece ?? '')
            .join('')
        : '';
  for (const { id, attribute } of namesIn(host)) {
    const entity = template.entities.get(id);
    const type = entity?.type;
    if (entity && type === 'AWS::Lambda::Url')
      return { origin: 'lambda-url', api: nameOfUrl(entity, template), ...signing(origin, template) };
    if (attribute === 'FunctionUrl') return { origin: 'lambda-url', api: undefined };
    if (type === 'AWS::ApiGateway::RestApi' || type === 'AWS::ApiGatewayV2::Api') return { origin: 'execute-api', api: id };
    if (attribute === 'ApiEndpoint') return { origin: 'execute-api', api: id };
  }
  if (text.includes('.lambda-url.')) return { origin: 'lambda-url', api: undefined };
  return text.includes('execute-api') ? { origin: 'execute-api', api: undefined } : undefined;
}

/** By the origin access control: in place of the viewer, unless it is told to `never` do so. */
function signing(origin: Tree, template: Template): Pick<Behavior, 'signs'> {
  const control = get(origin, 'OriginAccessControlId');
  if (isNever(standsHere(control))) return {};
  const [named] = namesIn(control);
  const found = named && template.entities.get(named.id);
  const why = 'what the origin access control says stands elsewhere';
  if (!found) return { signs: { kind: 'unknown', why, from: control.from } };
  return { signs: valueOf(get(found.properties, 'OriginAccessControlConfig', 'SigningBehavior'), (value) => value !== 'never') };
}

interface Written {
  readonly tree: Tree;
  readonly path: Value<string>;
  readonly present: Value<boolean>;
}

function behavior({ tree, path, present }: Written, served: Served, template: Template): Behavior {
  const { at } = tree.from;
  const caching = cachingOf(tree, template);
  const policy = responsePolicy(get(tree, 'ResponseHeadersPolicyId'), template);
  return {
    at,
    exists: verdictOf(present),
    path,
    ...served,
    allowedMethods: listOr(get(tree, 'AllowedMethods'), ['GET', 'HEAD']),
    cachedMethods: listOr(get(tree, 'CachedMethods'), ['GET', 'HEAD']),
    ...caching,
    redirects: valueOf(get(tree, 'ViewerProtocolPolicy'), (value) => value === 'redirect-to-https'),
    cors: policy?.cors,
    overrides: policy?.overrides ?? constant(false, at),
  };
}

const listOr = (tree: Tree, standard: readonly string[]): List<string> =>
  isNever(standsHere(tree))
    ? known(
        standard.map((item) => known(item, tree.from)),
        tree.from,
      )
    : listOf(tree, textOr);

/** By a cache policy and an origin request policy; else by the older `ForwardedValues` and its times. */
function cachingOf(tree: Tree, template: Template): Caching {
  const policy = get(tree, 'CachePolicyId');
  const legacy = get(tree, 'ForwardedValues');
  if (isNever(standsHere(policy))) return legacyCaching(tree, legacy);
  const caching = cachePolicy(policy, template);
  const more = get(tree, 'OriginRequestPolicyId');
  return isNever(standsHere(more)) ? caching : { ...caching, forwards: joined(caching.forwards, forwardedByPolicy(more, template)) };
}

function legacyCaching(tree: Tree, legacy: Tree): Caching {
  const headers = isNever(standsHere(legacy)) ? absent(tree.from) : get(legacy, 'Headers');
  const list = listOf(headers, textOr);
  // A day, where nothing is said.
  const longest = perWorld([get(tree, 'DefaultTTL'), get(tree, 'MaxTTL')], tree.from, (usual, most): Value<boolean> => {
    if (most.kind === 'scalar' && Number(most.value) === 0) return known(false, most.from);
    if (usual.kind === 'scalar') return known(Number(usual.value) > 0, usual.from);
    return usual.kind === 'unknown' ? { kind: 'unknown', why: usual.why, from: usual.from } : known(true, tree.from);
  });
  return { caches: longest, cachesOn: list, forwards: list };
}

/** Both lists, where both are known. */
const joined = (one: List<string>, other: List<string>): List<string> =>
  one.kind === 'known' && other.kind === 'known' ? known([...one.value, ...other.value], other.from) : one.kind === 'unknown' ? one : other;
