import type { Location } from '../../source/location.ts';
import { invoke } from './calls.ts';
import type { Machine } from './machine.ts';
import { Thrown } from './run.ts';
import {
  foreign,
  keyOf,
  opaque,
  partOf,
  scalar,
  type Asked,
  type Class,
  type Closure,
  type Dictionary,
  type List,
  type Thing,
} from './things.ts';

/** `of[key]`. Throws as the code would where `of` is nothing. */
export function getMember(on: Machine, of: Thing, key: Thing, at: Location): Thing {
  const name = keyOf(key);
  if (of.kind === 'scalar' && (of.value === undefined || of.value === null)) throw new Thrown(opaque('it is an error', at));
  if (name === undefined) {
    if (of.kind === 'opaque' || of.kind === 'event') on.run.risk(at);
    return opaque('its name is not known', at);
  }
  return namedMember(on, of, name, at);
}

export function namedMember(on: Machine, of: Thing, name: string, at: Location): Thing {
  const own = ownMember(on, of, name, at) ?? on.language.member(on, of, name, at);
  if (own) return own;
  switch (of.kind) {
    case 'opaque':
      on.run.risk(at);
      return kept(of.members, name, () => partOf(of, at));
    case 'object':
    case 'list':
      return of.open === undefined ? scalar(undefined, at) : guessed(of, name, of.open, at);
    case 'text':
    case 'held':
    case 'condition':
      return opaque('it is worked out from what is not known', at);
    default:
      return scalar(undefined, at);
  }
}

function ownMember(on: Machine, of: Thing, name: string, at: Location): Thing | undefined {
  switch (of.kind) {
    case 'object':
      return ofDictionary(on, of, name, at);
    case 'list':
      return ofList(of, name, at);
    case 'event':
      return pieceOf(on, of, name, at);
    case 'function':
      return of.own.get(name);
    case 'native':
      return of.members?.get(name);
    case 'class':
      return of.own.get(name) ?? (of.parent && name !== 'prototype' ? ownMember(on, of.parent, name, at) : undefined);
    case 'foreign':
      if (/^(?:then|catch|finally)$/.test(name)) return undefined;
      return kept(of.members, name, () => foreign(of.package, at));
    case 'scalar':
      return typeof of.value === 'string' && name === 'length' ? scalar(of.value.length, at) : undefined;
    default:
      return undefined;
  }
}

function ofDictionary(on: Machine, of: Dictionary, name: string, at: Location): Thing | undefined {
  const entry = of.map ? undefined : of.entries.get(name);
  if (entry) return entry.getter ? invoke(on, entry.value, [], at, of) : entry.value;
  return of.class && ofClass(on, of.class, of, name, at);
}

/** A member of its class, or of one above it. */
export function ofClass(on: Machine, made: Class, self: Thing, name: string, at: Location): Thing | undefined {
  const member = made.code.members.findLast((one) => !one.static && one.name === name && one.value?.kind === 'function' && one.method);
  if (member?.value?.kind === 'function') {
    const method: Closure = { kind: 'function', at: member.at, code: member.value, scope: made.scope, self, home: made, own: new Map() };
    return member.getter ? invoke(on, method, [], at, self) : method;
  }
  if (made.parent?.kind === 'class') return ofClass(on, made.parent, self, name, at);
  return made.parent === undefined || made.parent.kind === 'native' ? undefined : opaque('its class is not read', at);
}

function ofList(of: List, name: string, at: Location): Thing | undefined {
  if (name === 'length' || name === 'size') {
    return of.open === undefined ? scalar(of.items.length, at) : guessed(of, name, of.open, at);
  }
  if (!/^\d+$/.test(name) || of.set) return undefined;
  return of.open === undefined ? (of.items[Number(name)] ?? scalar(undefined, at)) : guessed(of, name, of.open, at);
}

const guesses = new WeakMap<Thing, Map<string, Thing>>();

/** What cannot be known, the same for each look at it until something is changed. */
export function guessed(of: Thing, name: string, why: string, at: Location): Thing {
  const known = guesses.get(of) ?? new Map<string, Thing>();
  guesses.set(of, known);
  return kept(known, name, () => opaque(why, at));
}

function kept(members: Map<string, Thing>, name: string, make: () => Thing): Thing {
  const thing = members.get(name) ?? make();
  members.set(name, thing);
  return thing;
}

/** The pieces of API Gateway's and function URLs' events, in both payload formats; by lower-case path. */
const METHODS = new Set(['httpMethod', 'requestContext.http.method', 'requestContext.httpMethod']);
const ORIGINS = /^(?:headers\.origin|multiValueHeaders\.origin\.0)$/i;

/** What an event has of every value, so that no piece of it is made of the name. */
const METHOD_NAMES =
  /^(?:to(?:Upper|Lower)Case|toString|trim|includes|startsWith|endsWith|indexOf|match|matchAll|replace|replaceAll|split|test|slice|substring|hasOwnProperty|map|forEach|filter|some|every|find|reduce|join|concat|get|keys|items|values|upper|lower|strip|startswith|endswith|decode|encode|valueOf|search|at|push)$/;

function pieceOf(on: Machine, of: Asked, name: string, at: Location): Thing | undefined {
  if (METHOD_NAMES.test(name)) return undefined;
  if (of.path !== '' && !/^(?:headers|requestContext|multiValueHeaders|pathParameters)/.test(of.path)) on.run.risk(at);
  return isLacking(of, name) ? scalar(undefined, at) : piece(on, of, name, at);
}

/**
 * What the events of proxies have, in either payload format: what code asks for besides, it asks of other events.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
const OF_PROXIES = new Set(
  (
    'resource path httpMethod headers multiValueHeaders queryStringParameters multiValueQueryStringParameters pathParameters ' +
    'stageVariables requestContext body isBase64Encoded version routeKey rawPath rawQueryString cookies'
  ).split(' '),
);

/** Whether an event is sure to have nothing of this name. */
export const isLacking = (of: Asked, name: string): boolean => of.path === '' && !OF_PROXIES.has(name);

/** A piece of the event, or of a piece of it. */
export function piece(on: Machine, of: Asked, name: string, at: Location): Asked {
  const path = of.path === '' ? name : `${of.path}.${name}`;
  return on.run.piece(METHODS.has(path) ? 'method' : ORIGINS.test(path) ? 'origin' : path, at);
}

/** `of[key] = value`. */
export function setMember(on: Machine, of: Thing, key: Thing, value: Thing, at: Location): void {
  const name = keyOf(key);
  on.run.wrote();
  guesses.delete(of);
  switch (of.kind) {
    case 'object':
      if (name === undefined) of.open = 'a name in it is not known';
      if (name === undefined) return blur(of, at);
      return put(on, of, name, value, at);
    case 'list':
      if (name !== undefined && /^\d+$/.test(name) && Number(name) <= of.items.length) of.items[Number(name)] = value;
      else of.open = 'an item of it is not known';
      return undefined;
    case 'function':
    case 'class':
      if (name !== undefined) of.own.set(name, value);
      return undefined;
    case 'foreign':
    case 'opaque':
      if (name !== undefined) of.members.set(name, value);
      return undefined;
    case 'native':
      if (name !== undefined) of.members?.set?.(name, value);
      return undefined;
    case 'scalar':
      if (of.value === undefined || of.value === null) throw new Thrown(opaque('it is an error', at));
      return undefined;
    default:
      return undefined;
  }
}

function put(on: Machine, of: Dictionary, name: string, value: Thing, at: Location): void {
  if (of.class && setter(on, of.class, of, name, value, at)) return;
  of.entries.set(name, { at, value });
}

/** Whether its class works it out itself; then nobody knows what becomes of it. */
function setter(on: Machine, made: Class, self: Dictionary, name: string, value: Thing, at: Location): boolean {
  const member = made.code.members.find((one) => one.name === `set ${name}` && one.value?.kind === 'function');
  if (member?.value?.kind !== 'function') return made.parent?.kind === 'class' && setter(on, made.parent, self, name, value, at);
  const method: Closure = { kind: 'function', at: member.at, code: member.value, scope: made.scope, self, home: made, own: new Map() };
  invoke(on, method, [value], at, self);
  return true;
}

/** Any of its entries may be another one now. */
function blur(of: Dictionary, at: Location): void {
  for (const [name, entry] of of.entries) of.entries.set(name, { at: entry.at, value: opaque('it may have been changed', at) });
}

/** `{ ...from }` into `to`. */
export function spread(on: Machine, to: Dictionary, from: Thing, at: Location): void {
  if (from.kind === 'scalar' && typeof from.value !== 'string') {
    // Only JavaScript spreads nothing at all.
    if (on.language.own) throw new Thrown(opaque('it is an error', at, { raised: ['TypeError'] }));
    return;
  }
  on.run.wrote();
  if (from.kind === 'object') {
    if (from.open !== undefined) {
      blur(to, at);
      to.open = from.open;
    }
    for (const [name, entry] of from.entries) {
      to.entries.delete(name);
      to.entries.set(name, entry.getter ? { at: entry.at, value: invoke(on, entry.value, [], at, from) } : entry);
    }
    return;
  }
  if (from.kind === 'function' || from.kind === 'native' || from.kind === 'class') return;
  blur(to, at);
  to.open = from.kind === 'opaque' ? from.why : 'it is made of what is not known';
}
