import type { Location } from '../../source/location.ts';
import { unmatched } from '../interpret/drafts.ts';
import type { Machine } from '../interpret/machine.ts';
import { opaque, promised, scalar, textOf, type Thing } from '../interpret/things.ts';
import { delivered } from './application.ts';
import { givenBy, honoContext, responseOf } from './hono-context.ts';
import { asksBy, awaited, guarded, isUndefined, method, none, option, whyOf } from './kit.ts';
import { Paths, type Routed } from './paths.ts';
import { Reply } from './reply.ts';

export interface Route extends Routed {
  readonly handler: Thing;
  /** Of an application within another: what it answers errors with. */
  readonly onError: Thing | undefined;
}

export interface App {
  readonly routes: Route[];
  readonly prefix: string;
  notFound: Thing | undefined;
  onError: Thing | undefined;
}

/** One request on its way through an application. */
export class Walk {
  readonly #on: Machine;
  readonly #app: App;
  readonly #at: Location;
  readonly #reply: Reply;
  readonly #paths: Paths;
  readonly #context: Thing;
  #final: Location | undefined;
  #unseen: string | undefined;
  #unmatched = false;

  constructor(on: Machine, app: App, at: Location) {
    this.#on = on;
    this.#app = app;
    this.#at = at;
    this.#reply = new Reply(on, scalar(200, at));
    this.#paths = new Paths(on);
    this.#context = honoContext(on, this.#reply, at, {
      notFound: (place) => this.#nothing(place),
      unsure: (why) => (this.#unseen ??= why),
    });
  }

  answer(): Thing {
    this.#dispatch(0);
    const reply = this.#reply;
    if (this.#final && this.#unseen === undefined) {
      const answer = reply.send(this.#final);
      if (this.#unmatched) unmatched.add(answer);
    }
    return delivered(this.#on, reply, this.#unseen, this.#at);
  }

  /** The handlers from here on, each within the one before it. What one throws is answered where it is thrown. */
  #dispatch(from: number): void {
    const { routes } = this.#app;
    this.#on.run.budget.spend();
    const place = routes.findIndex((route, index) => index >= from && this.#matches(route));
    const route = routes[place];
    if (!route) {
      if (!this.#final) this.#finish(this.#nothing(this.#at), false);
      return;
    }
    const next = { ...method('next', route.at, (_args, at) => (this.#dispatch(place + 1), promised(none(at), at))), effect: true as const };
    guarded(
      this.#on,
      () => this.#finish(this.#call(route, place, next), false),
      (error) => this.#failed(error, route),
    );
  }

  #matches({ methods, path, prefix, at }: Route): boolean {
    if (methods && !asksBy(this.#on, methods, at)) return false;
    const text = path && textOf(path);
    const below = text?.endsWith('/*') === true && text !== '/*';
    return this.#paths.matches(below ? scalar(text.slice(0, -2), path?.at ?? at) : path, prefix, below || !path, at);
  }

  #call({ handler, at }: Route, place: number, next: Thing): Thing {
    if (handler.kind !== 'foreign' && handler.kind !== 'opaque') return awaited(this.#on, handler, [this.#context, next], at);
    // It may answer, or set what it likes.
    if (this.#on.run.fork(2) === 1) return opaque(whyOf(handler), at);
    this.#dispatch(place + 1);
    this.#reply.unsettle(whyOf(handler));
    return none(at);
  }

  #failed(error: Thing, { onError }: Route): void {
    const handler = onError ?? this.#app.onError;
    if (handler) return this.#finish(awaited(this.#on, handler, [error, this.#context], error.at), true);
    const own = error.kind === 'object' ? error.entries.has('getResponse') : undefined;
    const unknown = opaque('it hangs on what is thrown', error.at);
    const status = own === undefined ? unknown : own ? option(this.#on, error, 'status', error.at) : scalar(500, error.at);
    this.#final = error.at;
    this.#reply.status = status;
  }

  #nothing(at: Location): Thing {
    if (this.#app.notFound) return awaited(this.#on, this.#app.notFound, [this.#context], at);
    this.#unmatched = true;
    return responseOf(this.#on, { status: scalar(404, at), headers: [], at });
  }

  /** What a handler gives is the answer, if there is none yet; headers that are set by then stay. */
  #finish(given: Thing, anew: boolean): void {
    if (isUndefined(given) || (this.#final && !anew)) return;
    const response = givenBy(given);
    if (!response) {
      this.#final = given.at;
      this.#unseen ??= whyOf(given);
      return;
    }
    this.#final = response.at;
    this.#reply.status = response.status;
    for (const { name, value, at } of response.headers) {
      this.#reply.set(name, this.#reply.get(name) ? opaque('it is set twice', at) : value, at);
    }
  }
}
