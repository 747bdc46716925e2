import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { dictionary, isNothing, opaque, scalar, textOf, type Dictionary, type Thing } from '../interpret/things.ts';
import { isUndefined, joined, whyOf } from './kit.ts';

interface Header {
  readonly at: Location;
  readonly name: string;
  readonly value: Thing;
}

/** An answer while a library and the code put it together. */
export class Reply {
  readonly headers = new Map<string, Header>();
  /** Why it may carry any other header. */
  open: string | undefined;
  status: Thing;
  /** As it was sent: nothing changes it any more. */
  sent: { readonly answer: Thing; readonly at: Location } | undefined;
  /** It is for a preflight that asks for more than is allowed. */
  refusal = false;
  readonly machine: Machine;

  constructor(on: Machine, status: Thing) {
    this.machine = on;
    this.status = status;
  }

  get(name: string): Thing | undefined {
    return this.headers.get(name.toLowerCase())?.value;
  }

  /** `undefined` as a value leaves the header out. */
  set(name: string, value: Thing, at: Location): void {
    this.machine.run.wrote();
    this.headers.set(name.toLowerCase(), { at, name, value: joined(value, ', ') });
  }

  delete(name: string): void {
    this.machine.run.wrote();
    this.headers.delete(name.toLowerCase());
  }

  /** One more value of a header that is a list. */
  append(name: string, value: Thing, at: Location, between = ', '): void {
    const before = this.get(name);
    const [one, other] = [before && textOf(before), textOf(value)];
    if (!before || isUndefined(before)) this.set(name, value, at);
    else if (one === undefined || other === undefined) this.set(name, opaque('it is added to', at), at);
    else this.set(name, scalar(`${one}${between}${other}`, at), at);
  }

  /** Vary with one more field, once. */
  vary(field: string, at: Location): void {
    const before = textOf(this.get('vary'));
    const there = before?.split(',').some((one) => one.trim() === '*' || one.trim().toLowerCase() === field.toLowerCase());
    if (!there) this.append('Vary', scalar(field, at), at);
  }

  /** A header of which the code works out the name, or a dictionary of headers. */
  put(name: Thing | undefined, value: Thing | undefined, at: Location): void {
    if (name?.kind === 'object') return this.merge(name, at);
    const text = textOf(name);
    if (text === undefined)
      this.unsettle(name && isNothing(name) === false ? 'a name in it is not known' : 'it is made of what is not known');
    else this.set(text, value ?? scalar(undefined, at), name?.at ?? at);
  }

  merge(headers: Thing | undefined, at: Location): void {
    if (!headers || isNothing(headers) === true) return;
    if (headers.kind !== 'object') return this.unsettle(whyOf(headers));
    if (headers.open !== undefined) this.unsettle(headers.open);
    for (const [name, entry] of headers.entries) this.set(name, entry.value, entry.at ?? at);
  }

  /** Any of its headers may be another one now. */
  unsettle(why: string): void {
    this.machine.run.wrote();
    for (const [key, { at, name }] of this.headers) this.headers.set(key, { at, name, value: opaque(why, at) });
    this.open ??= why;
  }

  /** What the wrapper around the library gives to Lambda. */
  response(at: Location): Dictionary {
    const headers = dictionary([], at);
    for (const { at: place, name, value } of this.headers.values()) headers.entries.set(name, { at: place, value });
    headers.open = this.open;
    return dictionary(
      [
        ['statusCode', this.status],
        ['headers', headers],
      ],
      at,
    );
  }

  /** The first answer is the one. */
  send(at: Location): Thing {
    this.sent ??= { answer: this.response(at), at };
    return this.sent.answer;
  }
}
