import type { Api, Endpoint } from '../model/api.ts';
import { shown } from '../model/names.ts';
import { endpointsOf } from '../model/queries.ts';
import type { Location } from '../source/location.ts';
import { assume, simplify, type Verdict } from '../value/verdict.ts';
import { asksFirst, type AsksFirst } from './asks-first.ts';
import { bare, open, written, type Answer } from './answers.ts';
import { besideService, codeAnswers } from './code.ts';
import { errorAnswer, errorsOf, preflightAnswer, type Scene } from './gateway.ts';
import { content, outcomeOf, type Outcome } from './outcome.ts';
import type { Request } from './request.ts';
import { routeOf } from './routes.ts';
import { inEachWorld, together, type InWorld, type Reader } from './worlds.ts';

export type Kind = 'preflight' | 'success' | 'handler-error' | 'gateway-error';
export const KINDS: readonly Kind[] = ['preflight', 'success', 'handler-error', 'gateway-error'];

/** What becomes of a request that is answered in one of the four ways. */
export interface Cell {
  readonly kind: Kind;
  /** '200', '401 UNAUTHORIZED'; empty where there is nothing to tell apart. */
  readonly name: string;
  /** What is answered to the request itself, as far as it is known; for the preflight's cell something that every browser is content with. */
  readonly answer: Answer;
  readonly outcome: Outcome;
}

/** One request to one API, in some worlds. */
export type Journey =
  | { readonly kind: 'no-route'; readonly nearest: string | undefined }
  | { readonly kind: 'open'; readonly why: string }
  | Taken;

export interface Taken {
  readonly kind: 'taken';
  /** 'PUT /items/{id}' as it is declared. */
  readonly route: string;
  readonly at: Location;
  /** The browser asks before it sends the request. */
  readonly preflighted: boolean;
  /** Why, and for what. */
  readonly asks: AsksFirst;
  /** What was answered to the preflight, as far as it is known. */
  readonly preflight: Answer;
  /** The first is the preflight's. */
  readonly cells: readonly Cell[];
}

/** What a browser does with a request to an API: in each group of worlds. */
export function journeysOf(api: Api, request: Request): readonly InWorld<Journey>[] {
  const walked = inEachWorld((reader) => journey(api, request, reader));
  if (!walked) return [{ when: {}, result: { kind: 'open', why: 'it hangs on more conditions than can be tried' } }];
  return together(walked, keyOf);
}

/** The same in those worlds alone in which something holds. */
export const journeysIn = (api: Api, request: Request, isSo: Verdict): readonly InWorld<Journey>[] =>
  journeysOf(api, request).flatMap(({ when, result }) =>
    simplify(assume(when, isSo).filter(({ truth }) => truth === 'yes')).map((one) => ({ when: one.when, result })),
  );

/** What differs in its outcome alone is one journey. */
const keyOf = (one: Journey): string => JSON.stringify(one, (name, value: unknown) => (APART.has(name) ? undefined : value));

const APART: ReadonlySet<string> = new Set(['file', 'path', 'preflight', 'answer']);

function journey(api: Api, request: Request, reader: Reader): Journey {
  if (api.target === 'websocket') return { kind: 'open', why: 'browsers do not apply CORS to WebSockets' };
  if (reader.holds(api.exists) === 'no') return { kind: 'no-route', nearest: undefined };
  const route = routeOf(api, request.method, request.path, reader);
  if (route === 'open') return { kind: 'open', why: 'a path of this API is not known before deployment, or lies elsewhere' };
  if (route === 'nothing' || !route.endpoint) return { kind: 'no-route', nearest: nearestTo(api, request, reader) };
  const { resource, endpoint } = route;
  const scene: Scene = { api, resource, request, reader };
  const preflight = preflightAnswer(scene);
  const contents = content(endpoint.at, request);
  const ahead = outcomeOf(request, preflight, contents);
  const cell = (kind: Kind, name: string, answer: Answer): Cell => ({
    kind,
    name,
    answer,
    outcome: outcomeOf(request, preflight, answer).outcome,
  });
  return {
    kind: 'taken',
    route: `${textIn(reader, endpoint.method)} ${textIn(reader, resource.path)}`,
    at: endpoint.at,
    preflighted: ahead.preflighted,
    asks: asksFirst(request.method, request.headers),
    preflight,
    cells: [
      { kind: 'preflight', name: '', answer: contents, outcome: ahead.outcome },
      ...handed(endpoint, 'success', scene).map(([name, answer]) => cell('success', name, answer)),
      ...handed(endpoint, 'handlerError', scene).map(([name, answer]) => cell('handler-error', name, answer)),
      ...gatewayCells(endpoint, scene, preflight),
    ],
  };
}

const textIn = (reader: Reader, value: Endpoint['method']): string => {
  const text = reader.read(value);
  // As it was written where it is not known, or must not be shown.
  return shown(text);
};

type Named = readonly [name: string, answer: Answer];

/** What comes from behind the gateway. */
function handed(endpoint: Endpoint, which: 'success' | 'handlerError', scene: Scene): readonly Named[] {
  const { reader } = scene;
  const own = endpoint[which];
  const by = reader.read(own.by);
  if (by.kind === 'unknown') return [['', open('what answers', endpoint.at, by.why)]];
  switch (by.value) {
    case 'nobody':
      return [['', bare('a method without an integration', endpoint.at, 500)]];
    case 'handler':
      return codeAnswers(endpoint, which, scene);
    case 'gateway':
      return scene.api.managed ? [['', serviceAnswer(endpoint, scene)]] : mapped(endpoint, which, scene);
    case 'both':
      return besideService(endpoint, which, serviceAnswer(endpoint, scene), scene);
  }
}

/** The service's own headers, which take the place of those of the code. */
const serviceAnswer = ({ at }: Endpoint, { api, request, reader }: Scene): Answer =>
  api.managed
    ? written("the API's own CORS", { code: 200, at: api.managed.at }, api.managed.headers, request, reader)
    : open('the service', at, 'what the service answers');

/** Integration responses, each for the statuses it is for. What fails without one of its own gets the default, which is a success's. */
function mapped(endpoint: Endpoint, which: 'success' | 'handlerError', { request, reader }: Scene): readonly Named[] {
  const there = endpoint[which].responses.filter(({ exists }) => reader.holds(exists) !== 'no');
  const responses =
    there.length > 0 || which === 'success' ? there : endpoint.success.responses.filter(({ exists }) => reader.holds(exists) !== 'no');
  if (responses.length === 0) return [['', open('the integration', endpoint.at, 'no integration response says what it answers')]];
  return responses.map(({ at, exists, status, headers }): Named => {
    const code = reader.read(status);
    const name = code.kind === 'known' ? code.value : '?';
    if (reader.holds(exists) === 'maybe') return [name, open('an integration response', at, 'whether this response is there')];
    return [
      name,
      written(`the integration response ${name}`, { code: /^\d{3}$/.test(name) ? Number(name) : 200, at }, headers, request, reader),
    ];
  });
}

function gatewayCells(endpoint: Endpoint, scene: Scene, preflight: Answer): readonly Cell[] {
  const { api, request, reader } = scene;
  const cell = (name: string, answer: Answer): Cell => ({
    kind: 'gateway-error',
    name,
    answer,
    outcome: outcomeOf(request, preflight, answer).outcome,
  });
  if (api.target === 'url' && api.managed) {
    // Lambda adds them to all answers of the URL (U8).
    return [cell('', written("the API's own CORS", { code: 502, at: api.managed.at }, api.managed.headers, request, reader))];
  }
  if (api.target !== 'rest')
    return [cell('', open('the service', endpoint.at, 'AWS does not say which headers the errors of this service carry'))];
  return errorsOf(endpoint, scene).flatMap((error): Cell[] => {
    const occurs = reader.holds(error.occurs);
    if (occurs === 'no') return [];
    const name = error.type === undefined ? String(error.status) : `${error.status} ${error.type}`;
    const one = cell(name, errorAnswer(error, scene));
    // Whether this API can answer so at all is not known.
    if (occurs === 'maybe' && one.outcome.kind === 'blocked')
      return [
        { ...one, outcome: { kind: 'unknown', because: open('', endpoint.at, 'whether this API answers with that error').unknowns } },
      ];
    return [one];
  });
}

/** The declared path that is likest to the one that was asked for. */
function nearestTo(api: Api, { method, path }: Request, reader: Reader): string | undefined {
  const names = [...endpointsOf(api)].flatMap(([endpoint, resource]) => {
    const [verb, at] = [reader.read(endpoint.method), reader.read(resource.path)];
    return verb.kind === 'known' && at.kind === 'known' && reader.holds(endpoint.exists) !== 'no'
      ? [{ verb: verb.value, path: at.value, shownAs: `${shown(verb)} ${shown(at)}` }]
      : [];
  });
  const distance = (one: (typeof names)[number]): number => {
    const [a, b] = [one.path.split('/').filter(Boolean), path.split('/').filter(Boolean)];
    const shared = a.filter((part, i) => part === b[i] || part.startsWith('{')).length;
    return Math.max(a.length, b.length) - shared + (one.verb === method || one.verb === 'ANY' ? 0 : 0.5);
  };
  const [best] = names.toSorted((a, b) => distance(a) - distance(b));
  return best?.shownAs;
}
