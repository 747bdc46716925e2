import { cloudformation } from '../../../src/frontends/cloudformation/index.ts';
import { resolveIntrinsics } from '../../../src/frontends/cloudformation/intrinsics.ts';
import { readTemplate } from '../../../src/frontends/cloudformation/read.ts';
import type { Settings } from '../../../src/frontends/frontend.ts';
import type { AllowedOrigin, Api, CorsHeaders, Model, Resource } from '../../../src/model/api.ts';
import { parse } from '../../../src/source/parse.ts';
import type { Location } from '../../../src/source/location.ts';
import { get, type Tree } from '../../../src/value/tree.ts';
import { siteOf, type List, type Value } from '../../../src/value/value.ts';
import type { Verdict } from '../../../src/value/verdict.ts';
import { describe as worldText } from '../../../src/value/verdict.ts';
import { context, document } from '../../support/documents.ts';

export const lift = (text: string, settings: Partial<Settings> = {}): Model =>
  cloudformation.lift(document(text, 'template.yml'), context(settings));

/** The only API of a template, or the one of that name. */
export function apiOf(text: string | Model, name?: string): Api {
  const { apis } = typeof text === 'string' ? lift(text) : text;
  const found = apis.filter((api) => name === undefined || api.name === name);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} APIs: ${apis.map((api) => api.name).join(', ')}`);
  return found[0];
}

export function resourceOf(api: Api, path: string): Resource {
  const found = api.resources.find((resource) => show(resource.path) === path);
  if (!found) throw new Error(`no ${path} among ${api.resources.map((resource) => show(resource.path)).join(', ')}`);
  return found;
}

/** A tree, worked out, of `Value` under the resource `R`, which is made one that is looked at. */
export function resolved(value: string, rest = ''): Tree {
  const text = `${rest}\nResources:\n  Other: { Type: 'AWS::Lambda::Function' }\n  R:\n    Type: AWS::ApiGateway::RestApi\n    Properties:\n      Value:${value.startsWith('\n') ? value.replaceAll('\n', '\n        ') : ` ${value}`}\n`;
  const { root, problems } = parse({ path: 'template.yml', text });
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.text).join());
  return get(resolveIntrinsics(readTemplate(root)), 'Resources', 'R', 'Properties', 'Value');
}

/** A tree as plain data: choices by label, holes as {why}, absence as '-'. */
export function plain(tree: Tree): unknown {
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'absent':
      return '-';
    case 'list':
      return tree.items.map(plain);
    case 'map':
      return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, plain(value)]));
    case 'choice':
      return { [tree.on.name]: Object.fromEntries([...tree.branches].map(([label, branch]) => [label, plain(branch)])) };
    case 'unknown':
      return `?${tree.parts ? tree.parts.map((part) => ('text' in part ? part.text : `{${part.hole}}`)).join('') : `{${tree.why}}`}`;
  }
}

/** A value as plain data: choices by label, what is unknown as `?` and its pieces. */
export function show<T>(value: Value<T>, known: (value: T) => unknown = (one) => one): unknown {
  if (value.kind === 'known') return known(value.value);
  if (value.kind === 'unknown') return value.pieces ? `?${value.pieces.map((piece) => piece ?? '…').join('')}` : '?';
  return { [value.on.name]: Object.fromEntries([...value.branches].map(([label, branch]) => [label, show(branch, known)])) };
}

export const list = <T>(value: List<T>): unknown => show(value, (items) => items.map((item) => show(item)));

const origin = (one: AllowedOrigin): unknown => {
  if (one.kind === 'fixed') return one.text;
  return one.kind === 'echo'
    ? { [one.among.map(({ match, text }) => `${match} ${String(show(text))}`).join(' | ')]: show(one.otherwise) }
    : `<${one.kind}>`;
};

export const originOf = (headers: CorsHeaders): unknown => show(headers.origin, origin);

export const headersOf = (headers: CorsHeaders): unknown => ({
  origin: originOf(headers),
  credentials: show(headers.credentials),
  methods: list(headers.methods),
  headers: list(headers.headers),
  expose: list(headers.expose),
  maxAge: show(headers.maxAge),
  vary: list(headers.vary),
});

/** 'yes', or each case with its world. */
export const verdict = (cases: Verdict): string =>
  cases.map(({ when, truth }) => [truth, worldText(when)].filter(Boolean).join(' when ')).join('; ');

/** What stands in the file at a place. */
export const textAt = ({ file, start, end }: Location): string => file.text.slice(start, end);
export const written = (value: Value<unknown>): string => textAt(siteOf(value.from));
