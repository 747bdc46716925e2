import { get } from '../../value/tree.ts';
import type { Value } from '../../value/value.ts';
import type { Api } from '../../model/api.ts';
import { flag, identity, ownersIn, type Template } from './template.ts';
import { both, either, isNever, standsHere, type Arm } from './worlds.ts';

// What stands between callers and an API: its stages, and the domains that lead to it.

/** Whether a stage keeps answers for a while: only where it has a cache, and one is switched on for some methods (R29). */
export function isCached(api: Arm, template: Template): Pick<Api, 'cached'> {
  const stages = template
    .ofType('AWS::ApiGateway::Stage')
    .map(({ present, properties }) => ({ present, properties, settings: properties }));
  // A Deployment may make a stage itself.
  const described = template
    .ofType('AWS::ApiGateway::Deployment')
    .map(({ present, properties }) => ({ present, properties, settings: get(properties, 'StageDescription') }));
  const cached = [...stages, ...described].flatMap(({ present, properties, settings }) =>
    ownedBy(get(properties, 'RestApiId'), api).map((owned) =>
      [present, owned, flag(get(settings, 'CacheClusterEnabled')), cachesMethods(settings)].reduce(both),
    ),
  );
  return some('cached', cached);
}

/** The cluster alone keeps nothing: caching is set for each method, or for all of them. */
function cachesMethods(stage: Parameters<typeof get>[0]): Value<boolean> {
  const settings = get(stage, 'MethodSettings');
  const all = settings.kind === 'list' ? settings.items.map((item) => flag(get(item, 'CachingEnabled'))) : [];
  return [flag(get(stage, 'CachingEnabled')), ...all].reduce(either);
}

/** Whether a domain of the API asks for client certificates (R42). */
export function certificate(api: Arm, template: Template): Pick<Api, 'needsCertificate'> {
  const mappings = [
    ...template.ofType('AWS::ApiGateway::BasePathMapping').map((entity) => ({ entity, owner: get(entity.properties, 'RestApiId') })),
    ...template.ofType('AWS::ApiGatewayV2::ApiMapping').map((entity) => ({ entity, owner: get(entity.properties, 'ApiId') })),
  ];
  const asked = mappings.flatMap(({ entity, owner }) => {
    const domain = domainOf(get(entity.properties, 'DomainName'), template);
    if (!domain) return [];
    const asks = both(domain.present, standsHere(get(domain.properties, 'MutualTlsAuthentication', 'TruststoreUri')));
    return ownedBy(owner, api).map((owned) => [entity.present, owned, asks].reduce(both));
  });
  return some('needsCertificate', asked);
}

const some = <K extends 'cached' | 'needsCertificate'>(name: K, all: readonly Value<boolean>[]): { readonly [N in K]?: Value<boolean> } => {
  const [first, ...others] = all.filter((value) => !isNever(value));
  return (first ? { [name]: others.reduce(either, first) } : {}) as { readonly [N in K]?: Value<boolean> };
};

const ownedBy = (tree: Parameters<typeof ownersIn>[0], api: Arm): readonly Value<boolean>[] =>
  ownersIn(tree)
    .filter(({ key }) => key === identity(api))
    .map(({ present }) => present);

/** A domain by reference, or by the name that both write. */
function domainOf(name: Parameters<typeof get>[0], template: Template) {
  const domains = [...template.ofType('AWS::ApiGateway::DomainName'), ...template.ofType('AWS::ApiGatewayV2::DomainName')];
  if (name.kind === 'choice') return undefined;
  const referred = name.kind === 'unknown' && name.names ? template.entities.get(name.names.id) : undefined;
  if (referred) return domains.find((domain) => domain === referred);
  return domains.find(({ properties }) => {
    const own = get(properties, 'DomainName');
    return own.kind !== 'choice' && isNamed(own) && identity(own) === identity(name);
  });
}

const isNamed = (arm: Arm): boolean => arm.kind === 'scalar' || arm.kind === 'unknown';
