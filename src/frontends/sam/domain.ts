import { get, type Tree } from '../../value/tree.ts';
import { list, ref } from '../trees.ts';
import { filledIn, isGiven, truthy } from './shape.ts';
import type { Sam, SamResource } from './template.ts';

/** `Domain` of an API: its own name, and whether callers need a certificate, which no preflight carries (api_generator.py _construct_api_domain). */
export function addDomain({ id, key, properties, condition }: SamResource, isHttp: boolean, stage: Tree, sam: Sam): void {
  const domain = get(properties, 'Domain');
  if (!truthy(domain)) return;
  const from = filledIn(key);
  const name = `${id}DomainName`;
  const tls = get(domain, 'MutualTlsAuthentication');
  const service = isHttp ? 'AWS::ApiGatewayV2' : 'AWS::ApiGateway';
  const types = get(domain, 'EndpointConfiguration');
  sam.output.add(
    name,
    `${service}::DomainName`,
    key,
    {
      DomainName: get(domain, 'DomainName'),
      MutualTlsAuthentication: truthy(tls) ? tls : undefined,
      EndpointConfiguration: isHttp || !isGiven(types) ? undefined : typesOf(types),
    },
    { condition },
  );
  const api = ref(id, from);
  if (isHttp)
    sam.output.add(
      `${id}ApiMapping`,
      `${service}::ApiMapping`,
      key,
      { ApiId: api, DomainName: ref(name, from), Stage: stage },
      { condition },
    );
  else
    sam.output.add(
      `${id}BasePathMapping`,
      `${service}::BasePathMapping`,
      key,
      { RestApiId: api, DomainName: ref(name, from), Stage: stage },
      { condition },
    );
}

/** 'REGIONAL' → `{ Types: ['REGIONAL'] }`; SAM takes the map with `Type` as well. */
export function typesOf(configuration: Tree): Tree {
  const type = get(configuration, 'Type');
  const only = configuration.kind === 'map' && truthy(type) ? type : configuration;
  const from = filledIn(configuration.from.at);
  return { kind: 'map', from, entries: new Map([['Types', { key: from.at, value: list([only], from) }]]) };
}
