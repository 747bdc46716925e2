import { readTemplate } from '../../../src/frontends/cloudformation/read.ts';
import { CORS } from '../../../src/frontends/sam/http-cors.ts';
import { translate } from '../../../src/frontends/sam/translate.ts';
import type { Said } from '../../../src/frontends/said.ts';
import { entriesOf, get, type Tree } from '../../../src/value/tree.ts';
import { document } from '../../support/documents.ts';

/** The values that the parameters of a template have by default: the translator's own tests give no others. */
export function defaultsOf(template: Tree): Readonly<Record<string, string>> {
  const parameters = [...entriesOf(get(template, 'Parameters'))];
  return Object.fromEntries(
    parameters.flatMap(([name, { value }]) => {
      const standard = get(value, 'Default');
      return standard.kind === 'scalar' ? [[name, String(standard.value)] as const] : [];
    }),
  );
}

/** What SAM makes of a template, and what is said of it. */
export function translated(text: string): { readonly template: Tree; readonly said: readonly Said[] } {
  const root = readTemplate(document(text, 'template.yml').root);
  if (root.kind !== 'map') throw new Error('no template');
  const said: Said[] = [];
  const { template } = translate(root, { parameters: defaultsOf(root) }, (one) => said.push(one));
  return { template, said };
}

export type Json = null | string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

/** A tree as the JSON that it was written as. */
function json(tree: Tree): Json {
  switch (tree.kind) {
    case 'map':
      return Object.fromEntries([...tree.entries].map(([name, { value }]) => [name, json(value)]));
    case 'list':
      return tree.items.map(json);
    case 'scalar':
      return tree.value;
    case 'absent':
      return null;
    case 'unknown':
    case 'choice':
      return { unknown: tree.kind === 'unknown' ? tree.why : tree.on.name };
  }
}

/** As text, the order of keys left out, and that of the resources of a policy, which the translator writes in the order of hashes. */
export const canonical = (value: Json): string =>
  JSON.stringify(value, (name, one: Json) => {
    if (Array.isArray(one)) return name === 'Resource' ? one.map(canonical).toSorted() : one;
    return typeof one === 'object' && one !== null ? Object.fromEntries(Object.entries(one).toSorted(byName)) : one;
  });

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

const HEADER = 'method.response.header.Access-Control-';

/** The APIs of a template, a method a line, in the words of ../shared/reference/sam-probes.txt: 'A get /x aws_proxy sec=null'. */
export function linesOf(template: Tree): readonly string[] {
  return [...entriesOf(get(template, 'Resources'))].flatMap(([id, { value }]) => {
    const [type, body] = [json(get(value, 'Type')), get(value, 'Properties', 'Body')];
    if (type === 'AWS::Lambda::Url') return [`URL ${canonical(json(get(value, 'Properties', 'Cors')))}`];
    if (type !== 'AWS::ApiGateway::RestApi' && type !== 'AWS::ApiGatewayV2::Api') return [];
    const isRest = type === 'AWS::ApiGateway::RestApi';
    const responses = get(body, 'x-amazon-apigateway-gateway-responses');
    const policy = get(body, 'x-amazon-apigateway-policy', 'Statement');
    return [
      ...(isRest ? [] : [`${id} V2CORS ${canonical(json(get(body, CORS)))}`]),
      ...[...entriesOf(get(body, 'paths'))].flatMap(([path, { value: item }]) => methodsOf(item, path, id, isRest)),
      ...(policy.kind === 'absent' ? [] : [`${id} POLICY ${canonical(json(policy))}`]),
      ...(responses.kind === 'absent' ? [] : [`${id} GR ${canonical(json(responses))}`]),
    ];
  });
}

function methodsOf(item: Tree, path: string, id: string, isRest: boolean): readonly string[] {
  const branches = get(item, 'Fn::If');
  if (branches.kind === 'list') return branches.items.slice(1).flatMap((branch) => methodsOf(branch, path, id, isRest));
  return [...entriesOf(item)].flatMap(([method, { value }]) => {
    if (['parameters', 'summary', 'x-foo', 'Ref'].includes(method) || (method === 'options' && json(value) === null)) return [];
    const integration = get(value, 'x-amazon-apigateway-integration');
    const parameters = entriesOf(get(integration, 'responses', 'default', 'responseParameters'));
    const headers = Object.fromEntries([...parameters].map(([name, { value: sent }]) => [name.replace(HEADER, ''), json(sent)]));
    const type = get(integration, 'type');
    const kind = type.kind === 'scalar' ? String(type.value) : 'None';
    const security = canonical(json(get(value, 'security')));
    return [`${id} ${method} ${path} ${isRest ? `${kind} ` : ''}sec=${security}${parameters.size > 0 ? ` ${canonical(headers)}` : ''}`];
  });
}
