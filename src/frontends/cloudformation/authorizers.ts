import { get, partsOf, piecesOf, type Tree } from '../../value/tree.ts';
import { known, type List, type Provenance, type Value } from '../../value/value.ts';
import type { Authorizer, AuthorizerKind } from '../../model/api.ts';
import { compose, isText, membersOf, plain, splitOnce, type Text } from './text.ts';
import type { Entity, Template } from './template.ts';
import { absent, isGiven, perWorld, type Arm } from './worlds.ts';

/** What a signed request of a browser carries (I1, U10): Security-Token because its credentials are temporary ones. */
const SIGNATURE = ['Authorization', 'X-Amz-Date', 'X-Amz-Security-Token'];

/** The prefixes under which REST and HTTP APIs name a request header (I7); other sources are no headers. */
const HEADER = /^(?:method\.request\.(?:multivalue)?header\.|\$request\.header\.|route\.request\.header\.)/i;

/** Who lets a caller through: AuthorizationType and AuthorizerId of a method or a route. */
export const authorizerOf = (properties: Tree, template: Template): Value<Authorizer> => {
  const [type, id] = [get(properties, 'AuthorizationType'), get(properties, 'AuthorizerId')];
  return perWorld([type], type.from, (kind) => {
    if (kind.kind === 'unknown') return { kind: 'unknown', why: kind.why, from: kind.from };
    const asked = kind.kind === 'scalar' && kind.value !== null ? String(kind.value).toUpperCase() : 'NONE';
    if (asked === 'NONE') return nobody(kind.from);
    if (asked === 'AWS_IAM') return signed(kind.from);
    return perWorld([id], id.from, (reference) => named(asked, kind, reference, template));
  });
};

/** Open to everybody. */
export const nobody = (from: Provenance): Value<Authorizer> => known({ kind: 'none', at: from.at, headers: known([], from) }, from);

/** A signature (SigV4) in the headers. */
export const signed = (from: Provenance): Value<Authorizer> =>
  known({ kind: 'iam', at: from.at, headers: headerNames(SIGNATURE, from) }, from);

const headerNames = (names: readonly string[], from: Provenance): List<string> =>
  known(
    names.map((name) => known(name, from)),
    from,
  );

function named(asked: string, type: Arm, reference: Arm, template: Template): Value<Authorizer> {
  const entity = template.named(reference);
  if (!entity || !/^AWS::ApiGateway(?:V2)?::Authorizer$/.test(entity.type)) return elsewhere(asked, type, reference);
  if (asked !== 'CUSTOM') return lifted(asked === 'COGNITO_USER_POOLS' ? 'cognito' : asked === 'JWT' ? 'jwt' : 'custom', entity, type.from);
  const kind = get(entity.properties, entity.type.includes('V2') ? 'AuthorizerType' : 'Type');
  return perWorld([kind], kind.from, (one) => lifted(one.kind === 'scalar' ? kindOf(String(one.value)) : 'custom', entity, type.from));
}

const kindOf = (type: string): AuthorizerKind =>
  type === 'TOKEN' ? 'token' : type === 'REQUEST' ? 'request' : type === 'COGNITO_USER_POOLS' ? 'cognito' : 'custom';

/** An authorizer that the template does not show: what it reads is not known. */
function elsewhere(asked: string, type: Arm, reference: Arm): Value<Authorizer> {
  const kind = asked === 'COGNITO_USER_POOLS' ? 'cognito' : asked === 'JWT' ? 'jwt' : 'custom';
  const from = isGiven(reference) ? reference.from : type.from;
  return known({ kind, at: from.at, headers: { kind: 'unknown', why: 'its authorizer is defined elsewhere', from } }, type.from);
}

function lifted(kind: AuthorizerKind, entity: Entity, from: Provenance): Value<Authorizer> {
  const source = get(entity.properties, 'IdentitySource');
  const headers = perWorld([source], source.from, (arm) => headersIn(arm, kind));
  return known({ kind, at: entity.key, headers }, from);
}

/** The headers among the identity sources; a text with commas (REST) or a list (HTTP APIs). */
function headersIn(source: Arm, kind: AuthorizerKind): List<string> {
  if (!isGiven(source)) return byDefault(kind, source.from);
  if (isText(source)) {
    if (source.kind === 'unknown' && !source.parts) return { kind: 'unknown', why: source.why, from: source.from };
    return known(
      membersOf(source).flatMap((member) => headerName(member) ?? []),
      source.from,
    );
  }
  if (source.kind !== 'list') return known([], source.from);
  const names = source.items.map((item) =>
    perWorld(
      [item],
      item.from,
      (arm): Value<string | undefined> => (isText(arm) ? headerName(arm) : undefined) ?? known(undefined, arm.from),
    ),
  );
  return known(
    names.filter((name) => name.kind !== 'known' || name.value !== undefined),
    source.from,
  );
}

/** A token comes in Authorization unless another source is named; a REQUEST authorizer without sources may read anything. */
function byDefault(kind: AuthorizerKind, from: Provenance): List<string> {
  if (kind === 'token' || kind === 'cognito' || kind === 'jwt') return headerNames(['Authorization'], from);
  return { kind: 'unknown', why: 'it names no identity source, so it may read any header', from: absent(from).from };
}

/** 'method.request.header.X-Token' is X-Token; undefined for a query string, a context or a stage variable. */
function headerName(source: Text): Value<string> | undefined {
  const text = plain(partsOf(source));
  const prefix = HEADER.exec(text)?.[0];
  if (prefix === undefined)
    return text.startsWith('{…}') ? { kind: 'unknown', why: source.kind === 'unknown' ? source.why : '', from: source.from } : undefined;
  const [, name] = splitOnce(partsOf(source), prefix);
  const rest = compose(name ?? [], source.from);
  if (rest.kind === 'scalar') return known(String(rest.value), source.from);
  return { kind: 'unknown', why: rest.why, from: source.from, ...(rest.parts && { pieces: piecesOf(rest.parts) }) };
}
