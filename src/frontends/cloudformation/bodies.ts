import { get, type Tree, type TreeEntry } from '../../value/tree.ts';
import type { LiftContext } from '../frontend.ts';
import { readTemplate } from './read.ts';
import { isLocal } from './includes.ts';
import type { Entity } from './template.ts';
import { isNever, standsHere } from './worlds.ts';

/** The OpenAPI document that defines an API: unknown where it lies in a bucket, undefined where there is none. */
export function documentOf(properties: Tree): Tree | undefined {
  const [body, location] = [get(properties, 'Body'), get(properties, 'BodyS3Location')];
  if (!isNever(standsHere(body))) return body;
  return isNever(standsHere(location)) ? undefined : { kind: 'unknown', why: 'it lies in a bucket', from: location.from };
}

const DEFINED_BY_BODY = new Set(['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api']);

/**
 * An API with the document in place of its local path, as `aws cloudformation package` takes it. API Gateway reads such a file as it is, so
 * its intrinsic functions are not worked out.
 */
export function withLocalBody(entity: Entity, load: LiftContext['load']): Entity {
  const { properties, type } = entity;
  const location = get(properties, 'BodyS3Location');
  if (!DEFINED_BY_BODY.has(type) || properties.kind !== 'map' || location.kind !== 'scalar' || !isLocal(location.value)) return entity;
  const loaded = load(location.value);
  if (loaded.kind !== 'document') return entity;
  const body: TreeEntry = { key: location.from.at, value: readTemplate(loaded.document.root) };
  const entries = [...properties.entries].filter(([name]) => name !== 'BodyS3Location');
  return { ...entity, properties: { ...properties, entries: new Map([...entries, ['Body', body]]) } };
}
