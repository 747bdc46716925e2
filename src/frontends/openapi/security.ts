import type { Location } from '../../source/location.ts';
import { entriesOf, get, mapTree, partsOf, type Tree } from '../../value/tree.ts';
import { known, type Provenance } from '../../value/value.ts';
import type { Entity } from '../cloudformation/template.ts';
import { compose, isText } from '../cloudformation/text.ts';
import { absent, distribute, isGiven, type Arm } from '../cloudformation/worlds.ts';
import { mapOf, renamed, said } from './document.ts';

/** What a security scheme makes API Gateway ask of a caller. */
type Demand =
  | { readonly kind: 'open' | 'key' | 'signature' }
  | { readonly kind: 'authorizer'; readonly type: string }
  | { readonly kind: 'unknown'; readonly why: string };

const AUTHORIZER = 'x-amazon-apigateway-authorizer';

/** The properties of a method or a route that say who may call it. */
export interface Access {
  readonly type: Tree;
  readonly authorizer: Tree;
  readonly needsKey: Tree;
}

/** What the `security` of an operation and `x-amazon-apigateway-auth` come to, in CloudFormation's terms. */
export function accessOf(security: Tree, auth: Tree, schemes: Tree): Access {
  const by = (make: (demands: readonly Asked[]) => Tree): Tree => perDemand(security, schemes, make);
  const { from } = security;
  const ofSchemes = by((asked) => {
    const guard = asked.find(({ demand }) => demand.kind === 'authorizer' || demand.kind === 'signature');
    const open = asked.find(({ demand }) => demand.kind === 'unknown');
    if (guard) return said(typeName(guard.demand), guard.from);
    return open?.demand.kind === 'unknown' ? { kind: 'unknown', why: open.demand.why, from: open.from } : absent(from);
  });
  return {
    // The extension is for what has no scheme of its own.
    type: mapTree(ofSchemes, (arm) => (arm.kind === 'absent' ? mapTree(get(auth, 'type'), upper) : arm)),
    authorizer: by((asked) => {
      const guard = asked.find(({ demand }) => demand.kind === 'authorizer');
      return guard ? { kind: 'unknown', why: '', names: { id: idOf(guard.name) }, from: guard.from } : absent(from);
    }),
    needsKey: by((asked) => {
      const key = asked.find(({ demand }) => demand.kind === 'key');
      const open = asked.find(({ demand }) => demand.kind === 'unknown');
      if (key) return said(true, key.from);
      return open?.demand.kind === 'unknown' ? { kind: 'unknown', why: open.demand.why, from: open.from } : absent(from);
    }),
  };
}

const upper = (arm: Arm): Tree => (arm.kind === 'scalar' ? { ...arm, value: String(arm.value).toUpperCase() } : arm);

function typeName(demand: Demand): string {
  if (demand.kind !== 'authorizer') return 'AWS_IAM';
  if (demand.type === 'COGNITO_USER_POOLS' || demand.type === 'JWT') return demand.type;
  return 'CUSTOM';
}

/** No logical id has a colon. */
const idOf = (scheme: string): string => `authorizer:${scheme}`;

interface Asked {
  readonly name: string;
  readonly demand: Demand;
  readonly from: Provenance;
}

/**
 * What is asked for in each world. The alternatives of `security` are no alternatives to API Gateway: a method has one authorizer, and
 * may need a key besides, and SAM writes the two as two items.
 */
function perDemand(security: Tree, schemes: Tree, make: (asked: readonly Asked[]) => Tree): Tree {
  return distribute([security], security.from, (list) => {
    if (list.kind === 'unknown') return list;
    const items = list.kind === 'list' ? list.items : [];
    return distribute<readonly Tree[]>(items, list.from, (...arms) => {
      const open = arms.find(({ kind }) => kind === 'unknown');
      if (open) return open;
      const names = arms.flatMap((arm) => [...entriesOf(arm)].map(([name, { key }]) => ({ name, key })));
      return distribute<readonly Tree[]>(
        names.map(({ name }) => get(schemes, name)),
        list.from,
        (...found) => make(found.map((scheme, i) => asked(names[i] as (typeof names)[number], scheme))),
      );
    });
  });
}

const asked = ({ name, key }: { readonly name: string; readonly key: Location }, scheme: Arm): Asked => ({
  name,
  demand: demandOf(name, scheme),
  from: { kind: 'reference', at: key, to: scheme.kind === 'absent' ? undefined : scheme.from },
});

function demandOf(name: string, scheme: Arm): Demand {
  if (scheme.kind === 'unknown') return { kind: 'unknown', why: scheme.why };
  // SAM writes `NONE: []` for an operation that is open to everybody, and defines no such scheme (sam.md, A05c).
  if (!isGiven(scheme)) return name === 'NONE' ? { kind: 'open' } : { kind: 'unknown', why: `the security scheme ${name} is not defined` };
  if (/^awsSigv4$/i.test(textIn(get(scheme, 'x-amazon-apigateway-authtype')))) return { kind: 'signature' };
  const authorizer = get(scheme, AUTHORIZER);
  if (authorizer.kind !== 'absent') return { kind: 'authorizer', type: textIn(get(authorizer, 'type')).toUpperCase() };
  const header = textIn(get(scheme, 'name')).toLowerCase();
  if (textIn(get(scheme, 'type')) === 'apiKey' && header === 'x-api-key') return { kind: 'key' };
  return { kind: 'unknown', why: `the security scheme ${name} has no \`${AUTHORIZER}\`` };
}

const textIn = (tree: Tree): string => (tree.kind === 'scalar' ? String(tree.value) : '');

/** The authorizers that the security schemes define, as resources of a template. */
export const authorizersIn = (schemes: Tree, type: 'AWS::ApiGateway::Authorizer' | 'AWS::ApiGatewayV2::Authorizer'): readonly Entity[] =>
  [...entriesOf(schemes)].flatMap(([name, { key, value }]) => {
    const authorizer = get(value, AUTHORIZER);
    if (authorizer.kind === 'absent') return [];
    const { from } = authorizer;
    const kind = mapTree(get(authorizer, 'type'), upper);
    const properties = mapOf(from, {
      [type === 'AWS::ApiGateway::Authorizer' ? 'Type' : 'AuthorizerType']: kind,
      IdentitySource: distribute([get(authorizer, 'identitySource'), kind], from, (source, of) =>
        isGiven(source) ? source : headerIn(value, of),
      ),
      AuthorizerUri: get(authorizer, 'authorizerUri'),
    });
    return [
      { id: idOf(name), key, type, present: known(true, from), properties, dependsOn: absent(from), metadata: absent(from), scope: '' },
    ];
  });

/** A token comes in the header that the scheme names; the `name` of a scheme for a REQUEST authorizer means nothing (SAM writes "Unused"). */
function headerIn(scheme: Tree, type: Arm): Tree {
  if (type.kind !== 'scalar' || (type.value !== 'TOKEN' && type.value !== 'COGNITO_USER_POOLS')) return absent(scheme.from);
  return distribute([get(scheme, 'in'), get(scheme, 'name')], scheme.from, (place, name) => {
    if (place.kind !== 'scalar' || place.value !== 'header' || !isText(name)) return absent(scheme.from);
    return compose([{ text: 'method.request.header.', from: name.from }, ...partsOf(name)], name.from);
  });
}

/** The validators that a document defines, as resources of a template; and what names one. */
export const validatorsIn = (document: Tree): readonly Entity[] =>
  [...entriesOf(get(document, 'x-amazon-apigateway-request-validators'))].map(([name, { key, value }]) => ({
    id: `validator:${name}`,
    key,
    type: 'AWS::ApiGateway::RequestValidator',
    present: known(true, value.from),
    properties: renamed(value, {
      validateRequestBody: 'ValidateRequestBody',
      validateRequestParameters: 'ValidateRequestParameters',
    }),
    dependsOn: absent(value.from),
    metadata: absent(value.from),
    scope: '',
  }));

export const validatorNamed = (name: Tree): Tree =>
  mapTree(name, (arm) =>
    arm.kind === 'scalar' ? { kind: 'unknown', why: '', names: { id: `validator:${arm.value}` }, from: arm.from } : arm,
  );
