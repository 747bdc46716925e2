import type { Behavior } from '../../model/around.ts';
import { get, listOf, valueOf, type Tree } from '../../value/tree.ts';
import { known, type List, type Provenance, type Value } from '../../value/value.ts';
import { namesIn } from './handlers.ts';
import { textOr, type Template } from './template.ts';
import { perWorld } from './worlds.ts';

export type Caching = Pick<Behavior, 'caches' | 'cachesOn' | 'forwards'>;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html: the headers that each keeps answers apart by. */
const MANAGED_CACHES: Readonly<Record<string, readonly string[] | 'none'>> = {
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': 'none', // CachingDisabled
  '658327ea-f89d-4fab-a63d-7e88639e58f6': [], // CachingOptimized
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': [], // CachingOptimizedForUncompressedObjects
  '2e54312d-136d-493c-8eb9-b001f22f67d2': ['Authorization', 'CloudFront-Viewer-Country', 'Host'], // Amplify
  '83da9c7e-98b4-4e11-a168-04f0df8e2c65': ['Host', 'Origin', 'X-HTTP-Method', 'X-HTTP-Method-Override', 'X-Method-Override'], // UseOriginCacheControlHeaders
  '4cc15a8a-d715-48a4-82b8-cc0b614638fe': ['Host', 'Origin', 'X-HTTP-Method', 'X-HTTP-Method-Override', 'X-Method-Override'], // … -QueryStrings
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html; '*': all, Host among them. */
const MANAGED_REQUESTS: Readonly<Record<string, readonly string[]>> = {
  '216adef6-5c7f-47e4-b989-5492eafa07d3': ['*'], // AllViewer
  '33f36d7e-f396-46d9-90e0-52428a34d9dc': ['*'], // AllViewerAndCloudFrontHeaders-2022-06
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'], // AllViewerExceptHostHeader: all but Host
  '59781a5b-3903-41f3-afcb-af62929ccde1': ['Origin'], // CORS-CustomOrigin
  '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf': ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'], // CORS-S3Origin
  'acba4595-bd28-49b8-b9fe-13317c0390fa': ['User-Agent', 'Referer'], // UserAgentRefererHeaders
};

const names = (list: readonly string[], from: Provenance): List<string> =>
  known(
    list.map((name) => known(name, from)),
    from,
  );

/** What a cache policy keeps and keeps apart: a managed one by its id, one of the template, or one that is not to be seen. */
export function cachePolicy(id: Tree, template: Template): Caching {
  const managed = managedBy(id, MANAGED_CACHES);
  if (managed !== undefined) {
    const list = names(managed === 'none' ? [] : managed, id.from);
    return { caches: known(managed !== 'none', id.from), cachesOn: list, forwards: list };
  }
  const config = configOf(id, 'AWS::CloudFront::CachePolicy', 'CachePolicyConfig', template);
  if (!config) return { caches: open(id), cachesOn: open(id), forwards: open(id) };
  const list = headersIn(get(config, 'ParametersInCacheKeyAndForwardedToOrigin', 'HeadersConfig'));
  return { caches: longest(config), cachesOn: list, forwards: list };
}

/** The headers that an origin request policy sends on besides. */
export function forwardedByPolicy(id: Tree, template: Template): List<string> {
  const managed = managedBy(id, MANAGED_REQUESTS);
  if (managed !== undefined) return names(managed, id.from);
  const config = configOf(id, 'AWS::CloudFront::OriginRequestPolicy', 'OriginRequestPolicyConfig', template);
  return config ? headersIn(get(config, 'HeadersConfig')) : open(id);
}

const open = <T>(id: Tree): Value<T> => ({ kind: 'unknown', why: 'this policy is defined elsewhere', from: id.from });

function managedBy<T>(id: Tree, all: Readonly<Record<string, T>>): T | undefined {
  const text = id.kind === 'scalar' ? String(id.value).toLowerCase() : '';
  return Object.hasOwn(all, text) ? all[text] : undefined;
}

function configOf(id: Tree, type: string, section: string, template: Template): Tree | undefined {
  const entity = namesIn(id)
    .map((name) => template.entities.get(name.id))
    .find((one) => one?.type === type);
  return entity && get(entity.properties, section);
}

const longest = (config: Tree): Value<boolean> =>
  perWorld([get(config, 'MaxTTL'), get(config, 'DefaultTTL')], config.from, (most, usual): Value<boolean> => {
    if (most.kind === 'scalar' && Number(most.value) === 0) return known(false, most.from);
    if (usual.kind === 'scalar' && Number(usual.value) === 0 && most.kind === 'absent') return known(true, usual.from);
    const unknown = [most, usual].find((arm) => arm.kind === 'unknown');
    return unknown?.kind === 'unknown' ? { kind: 'unknown', why: unknown.why, from: unknown.from } : known(true, config.from);
  });

/** `none`, `whitelist`, `allViewer`, `allViewerAndWhitelistCloudFront`, `allExcept`. */
const headersIn = (config: Tree): List<string> =>
  perWorld([get(config, 'HeaderBehavior'), get(config, 'Headers')], config.from, (behavior, headers): List<string> => {
    const word = behavior.kind === 'scalar' ? String(behavior.value) : '';
    if (behavior.kind === 'unknown') return { kind: 'unknown', why: behavior.why, from: behavior.from };
    if (word.startsWith('allViewer')) return names(['*'], behavior.from);
    if (word === 'allExcept') return { kind: 'unknown', why: 'it names what is not sent on', from: behavior.from };
    return word === 'whitelist' ? listOf(headers, textOr) : names([], config.from);
  });

/** For a policy's own switch. */
export const isOn = (tree: Tree): Value<boolean> => valueOf(tree, (value) => value === true || String(value).toLowerCase() === 'true');
