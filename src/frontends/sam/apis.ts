import { get, type Tree } from '../../value/tree.ts';
import { Definition, isOpenApi, isSwagger, isVersion3, type Version } from './definition.ts';
import type { ApiEvent } from './events.ts';
import { isManaged, managedBody } from './implicit.ts';
import { contentsOf, intrinsicOf, isGiven, pythonText } from './shape.ts';
import { HTTP, type Sam, type SamResource } from './template.ts';

/** An `AWS::Serverless::Api` or `HttpApi` while SAM puts its document together. */
export interface SamApi {
  readonly resource: SamResource;
  /** SAM writes the document by itself, so events write their paths into it. */
  readonly isManaged: boolean;
  /** What SAM edits; undefined where the API has no document in the template, or none that SAM takes for one. */
  readonly definition: Definition | undefined;
}

/** `events`: those that name this API, of either type. */
export function openApi(resource: SamResource, events: readonly ApiEvent[], sam: Sam): SamApi {
  const managed = isManaged(resource);
  if (managed) return { resource, isManaged: true, definition: managedBody(resource, events, versionOf(resource), sam) };
  const body = get(resource.properties, 'DefinitionBody');
  const isEdited = resource.type === HTTP ? isOpenApi(body) : isSwagger(body) || isOpenApi(body);
  return { resource, isManaged: false, definition: isEdited && body.kind === 'map' ? new Definition(body) : undefined };
}

/** Globals count here: the version is set when they have been merged (globals.py fix_openapi_definitions). */
function versionOf({ type, properties }: SamResource): Version {
  if (type === HTTP) return { openapi: '3.0.1' };
  const version = get(properties, 'OpenApiVersion');
  return isVersion3(version) ? { openapi: pythonText(version) ?? '3.0.1' } : { swagger: '2.0' };
}

/** The document as SAM leaves it: as edited, else as written. */
export const documentOf = ({ definition, resource }: SamApi): Tree => definition?.tree ?? get(resource.properties, 'DefinitionBody');

/** A document that a transform makes, which nobody can see: SAM edits what CloudFormation puts in its place. */
export function isHidden({ resource, definition }: SamApi): boolean {
  const body = get(resource.properties, 'DefinitionBody');
  if (definition) return [...definition.paths].some(([path, { value }]) => path === 'Fn::Transform' || contentsOf(value).some(isUnseen));
  return isGiven(body) && (isUnseen(body) || isUnseen(get(body, 'paths')) || (body.kind === 'map' && body.entries.has('Fn::Transform')));
}

/** Both branches of an `Fn::If` can be seen, although SAM edits neither of a whole document. */
const isUnseen = (tree: Tree): boolean => tree.kind === 'unknown' || !['Fn::If', undefined].includes(intrinsicOf(tree));
