import { get, type Tree, type TreeMap } from '../../value/tree.ts';
import type { Provenance } from '../../value/value.ts';
import { asText, list, map, scalar } from '../trees.ts';
import type { Definition } from './definition.ts';
import type { Sam } from './template.ts';
import { contentsOf, emptyMap, filledIn, isGiven, itemsIn, truthy, withEntry } from './shape.ts';

const POLICY = 'x-amazon-apigateway-policy';

/**
 * `ResourcePolicy` of an API, or of an event, for one path: who may call its methods, OPTIONS among them where `Cors` has made
 * one already (swagger.py add_resource_policy; probe A12).
 */
export function addPolicy(definition: Definition, policy: Tree, path: string, stage: Tree, { given }: Sam): void {
  const from = filledIn(policy.from.at);
  const resources = list(resourcesOf(definition, path, stage, from), from);
  const statement = (effect: string, principal: Tree, condition?: Tree): TreeMap =>
    map(
      {
        Effect: scalar(effect, from),
        Action: scalar('execute-api:Invoke', from),
        Resource: resources,
        Principal: principal,
        Condition: condition,
      },
      from,
    );
  const everybody = scalar('*', from);
  for (const [name, effect] of [
    ['AwsAccountWhitelist', 'Allow'],
    ['AwsAccountBlacklist', 'Deny'],
  ] as const) {
    const accounts = get(policy, name);
    if (truthy(accounts)) state(definition, [statement(effect, map({ AWS: listed(accounts) }, from))], { isRepeated: true, from });
  }
  for (const [operator, condition] of conditionsOf(policy, given, from))
    state(definition, [statement('Allow', everybody), statement('Deny', everybody, map({ [operator]: condition }, from))], { from });
  if (definition.get(POLICY).kind === 'absent') definition.set(POLICY, emptyMap(from));
}

/** `CustomStatements` stand beside what is generated. */
export function addStatements(definition: Definition, policy: Tree): void {
  const statements = get(policy, 'CustomStatements');
  if (!truthy(statements)) return;
  const from = filledIn(statements.from.at);
  if (isGiven(definition.get(POLICY, 'Statement'))) state(definition, itemsIn(listed(statements)), { from });
  else definition.set(POLICY, versioned(definition.get(POLICY), from, statements));
}

const listed = (tree: Tree): Tree => (tree.kind === 'list' ? tree : list([tree], tree.from));

/** A list with functions in it may be anything; without a list there is nothing. */
const joined = (policy: Tree, ...names: readonly string[]): readonly Tree[] => names.flatMap((name) => itemsIn(get(policy, name)));

/** What callers are told apart by, in the order in which SAM writes it: everybody is let in, and then some are kept out. */
function conditionsOf(policy: Tree, value: Sam['given'], from: Provenance): readonly (readonly [string, Tree])[] {
  const ranges = [
    ['IpRangeWhitelist', 'NotIpAddress'],
    ['IpRangeBlacklist', 'IpAddress'],
  ].flatMap(([name = '', operator = '']) => {
    const given = get(policy, name);
    return truthy(given) ? [[operator, map({ 'aws:SourceIp': listed(given) }, from)] as const] : [];
  });
  const networks = [
    ['Black', 'StringEquals'],
    ['White', 'StringNotEquals'],
  ].flatMap(([colour = '', operator = '']) => {
    const given = joined(policy, `SourceVpc${colour}list`).map(value);
    // What is not known yet is either; which of the two matters to no browser.
    const of = (prefix: string): readonly Tree[] => given.filter((item) => (asText(item) ?? 'vpc-').startsWith(prefix));
    const [vpc, endpoint] = [
      [...of('vpc-'), ...joined(policy, `IntrinsicVpc${colour}list`)],
      [...of('vpce-'), ...joined(policy, `IntrinsicVpce${colour}list`)],
    ];
    if (vpc.length + endpoint.length === 0) return [];
    const condition = map(
      {
        'aws:SourceVpc': vpc.length > 0 ? list(vpc, from) : undefined,
        'aws:SourceVpce': endpoint.length > 0 ? list(endpoint, from) : undefined,
      },
      from,
    );
    return [[operator, condition] as const];
  });
  return [...ranges, ...networks];
}

/** 'execute-api:/${stage}/GET/orders/*', one for each method of the path. */
function resourcesOf(definition: Definition, path: string, stage: Tree, from: Provenance): readonly Tree[] {
  const item = definition.paths.get(path)?.value;
  const methods = item ? contentsOf(item).flatMap((content) => (content.kind === 'map' ? [...content.entries.keys()] : [])) : [];
  // API Gateway drops the variables of a path, and a greedy one, here.
  const where = path.replaceAll(/\{(?:[a-zA-Z0-9._-]+|proxy\+)\}/g, '*');
  return methods.map((method) => {
    const name = /^(?:any|x-amazon-apigateway-any-method)$/i.test(method) ? '*' : method.toUpperCase();
    const text = scalar(`execute-api:/\${__Stage__}/${name}${where}`, from);
    return map({ 'Fn::Sub': list([text, map({ __Stage__: isGiven(stage) ? stage : scalar(null, from) }, from)], from) }, from);
  });
}

/** The first statement of an account stands alone, without a list around it (probe A12); what is there already is not repeated. */
function state(
  definition: Definition,
  statements: readonly Tree[],
  { isRepeated = false, from }: { readonly isRepeated?: boolean; readonly from: Provenance },
): void {
  const before = definition.get(POLICY);
  const existing = get(before, 'Statement');
  const [only] = statements;
  if (!isGiven(existing) && isRepeated && only) {
    definition.set(POLICY, versioned(before, from, only));
    return;
  }
  const all = isGiven(existing) ? [...itemsIn(listed(existing))] : [];
  for (const one of statements) if (isRepeated || !all.some((other) => written(other) === written(one))) all.push(one);
  definition.set(POLICY, versioned(before, from, list(all, from)));
}

const versioned = (policy: Tree, from: Provenance, statements: Tree): TreeMap =>
  withEntry(withEntry(policy.kind === 'map' ? policy : emptyMap(from), 'Version', scalar('2012-10-17', from)), 'Statement', statements);

/** Statements are compared with all that came before them. */
const texts = new WeakMap<Tree, string>();

/** A tree as text, to tell equal ones. */
function written(tree: Tree): string {
  const text = texts.get(tree) ?? JSON.stringify(plain(tree));
  texts.set(tree, text);
  return text;
}

function plain(tree: Tree): unknown {
  if (tree.kind === 'map') return [...tree.entries].map(([name, { value }]) => [name, plain(value)]);
  if (tree.kind === 'list') return tree.items.map(plain);
  return tree.kind === 'scalar' ? { value: tree.value } : tree.kind;
}
