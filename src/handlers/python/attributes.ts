import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import type { Machine } from '../interpret/machine.ts';
import { guessed, isLacking, namedMember, piece, setMember } from '../interpret/members.ts';
import { namespace } from '../interpret/modules.ts';
import {
  derivedFrom,
  dictionary,
  keyOf,
  native,
  opaque,
  partOf,
  scalar,
  type Asked,
  type Class,
  type Dictionary,
  type List,
  type Primitive,
  type Thing,
} from '../interpret/things.ts';
import { boundTo } from './classes.ts';
import { chosen, ofDict } from './dicts.ts';
import { fault } from './errors.ts';
import { ofEvent } from './events.ts';
import { asKey, nameOf } from './keys.ts';
import { classMember, extendsBuiltin } from './lineage.ts';
import { ofList } from './lists.ts';
import { ofPattern } from './patterns.ts';
import { ofText } from './texts.ts';

/** `of.key`, or `of[key]`. */
export function read(on: Machine, of: Thing, key: Thing, isAttribute: boolean, at: Location): Thing {
  return isAttribute ? attribute(on, of, keyOf(key) ?? '', at) : item(on, of, key, at);
}

/** `of.name`. Throws as the code would where there is none. */
export function attribute(on: Machine, of: Thing, name: string, at: Location): Thing {
  switch (of.kind) {
    case 'scalar':
      return ofScalar(on, of, of.value, name, at);
    case 'text':
    case 'held':
      return ofText(on, of, name, at);
    case 'event':
      return ofEvent(on, of, name, at);
    case 'list':
      return ofList(on, of, name, at);
    case 'object':
      return of.class ? ofInstance(on, of, of.class, name, at) : (ofDict(on, of, name, at) ?? opaque('it is no method of a dict', at));
    case 'class':
      return ofClass(of, name, at);
    case 'function':
      return of.own.get(name) ?? (name === '__name__' ? scalar(of.code.name ?? '<lambda>', at) : opaque('it tells of a function', at));
    case 'native':
      return of.members?.get(name) ?? opaque(`\`${of.name}.${name}\` is not followed`, at);
    case 'foreign':
      return ofPackage(on, of, name, at);
    case 'opaque':
      if (!of.pure) on.run.risk(at);
      return kept(of.members, name, () => partOf(of, at));
    case 'pattern':
      return ofPattern(on, of, name, at);
    case 'descriptor':
      return of.how === 'property' && name === 'setter'
        ? native('setter', at, ([set], place) => ({ ...of, at: place, ...(set && { set }) }))
        : opaque('it describes a member', at);
    default:
      return opaque('it is worked out in a way that is not followed', at);
  }
}

function kept(members: Map<string, Thing>, name: string, make: () => Thing): Thing {
  const thing = members.get(name) ?? make();
  members.set(name, thing);
  return thing;
}

function ofScalar(on: Machine, of: Thing, value: Primitive, name: string, at: Location): Thing {
  if (value === null || value === undefined) throw fault(on, 'AttributeError', at);
  if (typeof value === 'string') return ofText(on, of, name, at);
  // Members of an IntEnum, HTTPStatus among them.
  return name === 'value' ? of : opaque('it tells of a number', at, { pure: true });
}

function ofInstance(on: Machine, of: Dictionary, made: Class, name: string, at: Location): Thing {
  const member = classMember(made, name);
  if (member !== 'unknown' && member?.kind === 'descriptor' && member.how === 'property') return invoke(on, member.of, [of], at);
  const entry = of.entries.get(name);
  if (entry) return entry.value;
  if (name === '__class__') return made;
  if (name === '__dict__') return { ...dictionary([], at), entries: of.entries, open: of.open };
  if (member === 'unknown' || classMember(made, '__getattr__')) return guessed(of, name, 'its class is not read', at);
  if (member) return boundTo(member, of, made);
  if (of.open !== undefined) return guessed(of, name, of.open, at);
  if (extendsBuiltin(made, /^BaseException$/)) return opaque('it tells of an error', at);
  throw fault(on, 'AttributeError', at);
}

function ofClass(of: Class, name: string, at: Location): Thing {
  const member = classMember(of, name);
  if (member === undefined && name === '__name__') return scalar(of.code.name ?? '', at);
  if (member === undefined || member === 'unknown') return opaque('it is no member of a class that is read', at);
  if (member.kind !== 'descriptor' || member.how === 'property') return member;
  return boundTo(member, of, of);
}

/** A package's member may be a file of this repository: a folder without `__init__.py` is a package as well. */
function ofPackage(on: Machine, of: Extract<Thing, { kind: 'foreign' }>, name: string, at: Location): Thing {
  const dotted = `${of.package}.${name}`;
  const loaded = on.packages.get(of.package) === of && on.imports.resolve(dotted, at.file);
  return loaded ? namespace(on, dotted, at.file, at) : namedMember(on, of, name, at);
}

/** `of[key]`. Throws as the code would where there is none. */
function item(on: Machine, of: Thing, key: Thing, at: Location): Thing {
  switch (of.kind) {
    case 'object':
      return of.class ? ofOperator(on, of, of.class, key, at) : entryOf(on, of, key, at);
    case 'list':
      return itemOf(on, of, key, at);
    case 'event':
      return pieceOf(on, of, key, at);
    case 'native':
      return itemOfNative(on, of, key, at);
    case 'class':
      // `Generic[T]`
      return of.bases && extendsBuiltin(of, /Enum$/) ? ofClass(of, keyOf(key) ?? '', at) : of;
    case 'scalar':
      if (of.value === null || typeof of.value !== 'string') throw fault(on, 'TypeError', at);
      return letterOf(on, of.value, key, at);
    case 'foreign':
    case 'opaque': {
      const pure = of.kind === 'opaque' && of.pure;
      on.run.risk(at, pure ? ['KeyError', 'TypeError', 'IndexError'] : undefined);
      const whole = of.kind === 'opaque' ? of : opaque(`it comes from the package \`${of.package}\``, at);
      return kept(of.members, `[${keyOf(key) ?? on.run.id(key)}]`, () => ({ ...partOf(whole, at), ...derivedFrom(whole, key) }));
    }
    default:
      on.run.risk(at);
      return opaque('it is a part of what is not known', at);
  }
}

function letterOf(on: Machine, text: string, key: Thing, at: Location): Thing {
  const place = key.kind === 'scalar' ? key.value : undefined;
  if (typeof place !== 'number') return opaque('it is a part of a text', at, { pure: true });
  const letters = Array.from(text);
  const letter = letters.at(place);
  if (letter === undefined || place >= letters.length || place < -letters.length) throw fault(on, 'IndexError', at);
  return scalar(letter, at);
}

function ofOperator(on: Machine, of: Dictionary, made: Class, key: Thing, at: Location): Thing {
  const operator = classMember(made, '__getitem__');
  return operator && operator !== 'unknown' ? invoke(on, boundTo(operator, of, made), [key], at) : opaque('its class is not read', at);
}

function entryOf(on: Machine, of: Dictionary, key: Thing, at: Location): Thing {
  const name = nameOf(key);
  const entry = name === undefined ? undefined : of.entries.get(name);
  if (entry) return entry.value;
  if (name !== undefined && of.open === undefined) throw fault(on, 'KeyError', at);
  const one = chosen(on, of, key);
  if (one === 'none') throw fault(on, 'KeyError', at);
  if (one) return one;
  on.run.risk(at, ['KeyError', 'TypeError']);
  return name === undefined ? opaque('its name is not known', at) : guessed(of, name, of.open ?? '', at);
}

function itemOf(on: Machine, of: List, key: Thing, at: Location): Thing {
  if (of.set) throw fault(on, 'TypeError', at);
  const place = key.kind === 'scalar' ? key.value : undefined;
  if (typeof place === 'string') throw fault(on, 'TypeError', at);
  if (typeof place !== 'number' || of.open !== undefined) {
    on.run.risk(at, ['IndexError', 'TypeError']);
    return typeof place === 'number' ? guessed(of, String(place), of.open ?? '', at) : opaque('its place is not known', at);
  }
  const found = of.items.at(place);
  if (!found || place >= of.items.length || place < -of.items.length) throw fault(on, 'IndexError', at);
  return found;
}

/** What both payload formats, or one of them, always have. */
const ALWAYS = /^(?:headers|multiValueHeaders|requestContext|isBase64Encoded|httpMethod|path|resource|version|routeKey|rawPath)$/;

function pieceOf(on: Machine, of: Asked, key: Thing, at: Location): Thing {
  const name = keyOf(key);
  if (name === undefined) {
    on.run.risk(at, ['KeyError', 'TypeError']);
    return opaque('its name is not known', at);
  }
  if (isLacking(of, name)) throw fault(on, 'KeyError', at);
  const found = piece(on, of, name, at);
  if (found.path === 'origin') {
    // Who sends none gets the error.
    if (!on.run.decide(found)) throw fault(on, 'KeyError', at);
  } else if (of.path !== '' || !ALWAYS.test(name)) {
    if (!of.path.startsWith('requestContext'))
      on.run.risk(at, of.path === 'headers' ? ['KeyError'] : ['KeyError', 'TypeError', 'IndexError']);
  }
  return found;
}

function itemOfNative(on: Machine, of: Extract<Thing, { kind: 'native' }>, key: Thing, at: Location): Thing {
  const get = of.members?.get('__getitem__');
  return get ? invoke(on, get, [key], at) : opaque(`\`${of.name}\` gives it`, at);
}

/** `of.key = value`, or `of[key] = value`. */
export function write(on: Machine, of: Thing, key: Thing, value: Thing, isAttribute: boolean, at: Location): void {
  if (of.kind === 'scalar') throw fault(on, isAttribute ? 'AttributeError' : 'TypeError', at);
  if (of.kind !== 'object') return setMember(on, of, key, value, at);
  if (!of.class) return setMember(on, of, asKey(key), value, at);
  const member = isAttribute ? classMember(of.class, keyOf(key) ?? '') : classMember(of.class, '__setitem__');
  if (!isAttribute) {
    if (member && member !== 'unknown') invoke(on, boundTo(member, of, of.class), [key, value], at);
    return undefined;
  }
  if (member !== 'unknown' && member?.kind === 'descriptor' && member.how === 'property') {
    if (!member.set) throw fault(on, 'AttributeError', at);
    // A setter is the property's own name again, written as a method.
    invoke(on, member.set, [of, value], at);
    return undefined;
  }
  if (classMember(of.class, '__setattr__')) of.open = 'its class keeps its attributes in its own way';
  return setMember(on, of, key, value, at);
}
