import { ofParts, partsOf, type Part, type Tree, type TreeUnknown } from '../../../value/tree.ts';
import type { Provenance } from '../../../value/value.ts';
import { list, map, scalar, text } from '../../trees.ts';
import { slice } from '../shape.ts';
import { asJavaScriptText, asPattern, commaSeparated, switched, type CorsConfig, type Item, type Items } from './cors-config.ts';

const PREFIX = 'method.response.header.';

/** The OPTIONS method that the framework generates for a path (api-gateway/lib/cors.js). */
export function preflightProperties(config: CorsConfig, from: Provenance): Readonly<Record<string, Tree>> {
  const origins = originsOf(config);
  const headers = headersOf(config, origins, from);
  const declared = map(Object.fromEntries(Object.keys(headers).map((name) => [name, scalar(true, from)])), from);
  const response = map(
    {
      StatusCode: scalar('200', from),
      ResponseParameters: map(headers, from),
      ResponseTemplates: map({ 'application/json': template(origins, config, from) }, from),
    },
    from,
  );
  return {
    HttpMethod: scalar('OPTIONS', from),
    AuthorizationType: scalar('NONE', from),
    RequestParameters: map({}, from),
    MethodResponses: list(
      [map({ StatusCode: scalar('200', from), ResponseParameters: declared, ResponseModels: map({}, from) }, from)],
      from,
    ),
    Integration: map(
      {
        Type: scalar('MOCK', from),
        RequestTemplates: map({ 'application/json': scalar('{statusCode:200}', from) }, from),
        ContentHandling: scalar('CONVERT_TO_TEXT', from),
        IntegrationResponses: list([response], from),
      },
      from,
    ),
  };
}

function headersOf(config: CorsConfig, origins: Items, from: Provenance): Readonly<Record<string, Tree>> {
  // The whole points at what the author wrote; the quotes are the framework's.
  const quoted = (pieces: readonly (string | Item)[], source: Provenance): Item => text(["'", ...pieces, "'"], from, source);
  const ofItself = (setting: Tree): Item => quoted(asJavaScriptText(setting), setting.from);
  const [first] = 'unknown' in origins ? [origins.unknown] : origins.items;
  const optional = {
    'Access-Control-Allow-Credentials': switched(config.allowCredentials, ({ from: on }) => text(["'true'"], on)),
    'Access-Control-Max-Age': switched(config.maxAge, ofItself),
    'Cache-Control': switched(config.cacheControl, ofItself),
  };
  const all: Record<string, Tree | undefined> = {
    'Access-Control-Allow-Origin': quoted(first ? [first] : asJavaScriptText(config.origin), first ? first.from : config.origin.from),
    'Access-Control-Allow-Headers': quoted(joined(config.headers), config.headers.from),
    'Access-Control-Allow-Methods': quoted(joined(methodsOf(config.methods, from)), config.methods.from),
    ...optional,
  };
  const headers: Record<string, Tree> = {};
  for (const [name, value] of Object.entries(all)) if (value) headers[PREFIX + name] = value;
  return headers;
}

const joined = (items: Items): readonly (string | Item)[] => ('unknown' in items ? [items.unknown] : commaSeparated(items.items));

/** The first ANY is written out (http-029). */
function methodsOf(methods: Items, from: Provenance): Items {
  if ('unknown' in methods) return methods;
  const any = methods.items.findIndex((item) => item.kind === 'scalar' && item.value === 'ANY');
  return {
    from: methods.from,
    items: methods.items.map((item, i) =>
      i === any ? scalar('DELETE,GET,HEAD,PATCH,POST,PUT', item.kind === 'scalar' ? item.from : from) : item,
    ),
  };
}

/** A comma in `origin` makes it a list, which beats `origins` (merge-024). */
function originsOf(config: CorsConfig): Items {
  const { origin } = config;
  if (origin.kind !== 'scalar' && origin.kind !== 'unknown') return config.origins;
  if (origin.kind === 'scalar' && (typeof origin.value !== 'string' || !origin.value.includes(','))) return config.origins;
  const items = splitAtCommas(origin);
  return items.length > 1 ? { items, from: origin.from } : config.origins;
}

/** Each entry, blanks around it taken off; what is not known of it stays where it is. */
function splitAtCommas(origin: Item): readonly Item[] {
  if (origin.kind === 'unknown') return splitParts(origin);
  let start = 0;
  return String(origin.value)
    .split(',')
    .map((piece) => {
      const lead = piece.length - piece.trimStart().length;
      const item = slice(origin, start + lead, start + lead + piece.trim().length);
      start += piece.length + 1;
      return item;
    });
}

function splitParts(origin: Item): readonly Item[] {
  const entries: Part[][] = [[]];
  for (const part of partsOf(origin)) {
    if (!('text' in part)) {
      entries.at(-1)?.push(part);
      continue;
    }
    for (const [i, piece] of part.text.split(',').entries()) {
      if (i > 0) entries.push([]);
      if (piece.trim() !== '') entries.at(-1)?.push({ ...part, text: piece.trim() });
    }
  }
  return entries.map((parts) => ofParts(parts, parts[0]?.from ?? origin.from, origin.secret));
}

/** The VTL that echoes a listed origin; empty where there is a single one. */
function template(origins: Items, config: CorsConfig, from: Provenance): Tree {
  if ('unknown' in origins) return { ...origins.unknown, from: origins.unknown.from };
  if (origins.items.length === 0)
    return mayBeList(config.origin) ? { kind: 'unknown', why: whyOf(config.origin), from: config.origin.from } : scalar('', from);
  const tests = origins.items.flatMap((item, i) => [i === 0 ? '' : ' || ', '$origin.matches("', asPattern(item), '")']);
  const echo = text(
    [
      '#set($origin = $input.params("Origin"))\n#if($origin == "") #set($origin = $input.params("origin")) #end\n#if(',
      ...tests,
      ') #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin) #end',
    ],
    from,
  );
  return { ...echo, from: origins.from };
}

/** A value that is not known at all may hold a comma; `https://${x}.example.com` is taken for one origin. */
const mayBeList = (origin: Tree): boolean => origin.kind === 'unknown' && !origin.parts?.some((part) => 'text' in part && part.text !== '');

const whyOf = (tree: Tree): string => (tree.kind === 'unknown' ? tree.why : 'it is not known');

/** The OPTIONS method of a path where some `cors` is not known: it is the framework's mock, with whichever values. */
export function unknownPreflight(why: string, from: Provenance): Readonly<Record<string, Tree>> {
  const unknown: TreeUnknown = { kind: 'unknown', why, from };
  const all: Items = { unknown, from };
  const config = {
    origin: unknown,
    origins: all,
    methods: all,
    headers: all,
    allowCredentials: unknown,
    maxAge: unknown,
    cacheControl: unknown,
  };
  return preflightProperties(config, from);
}
