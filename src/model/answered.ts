import { known, mapValue, type Known, type Unknown, type Value } from '../value/value.ts';
import { all, always, any, is, test, type Verdict } from '../value/verdict.ts';
import type { Answer, Api, Endpoint, Model, Preflight, ReadCode, Resource, Response, Target } from './api.ts';
import type { CodeAnswer } from './code.ts';

// What code answers takes its place beside what the gateway answers, so that rules ask both alike.

/** The model with the answers of its functions, by their names, where their code was read. */
export const withCode = (model: Model, read: ReadonlyMap<string, ReadCode>): Model => ({
  ...model,
  apis: model.apis.map((api) => ofApi(api, read)),
});

const ofApi = (api: Api, read: ReadonlyMap<string, ReadCode>): Api => ({
  ...api,
  resources: api.resources.map((resource): Resource => ({
    ...resource,
    endpoints: resource.endpoints.map((endpoint) => ofEndpoint(endpoint, resource.path, api.target, read)),
    preflight: ofPreflight(resource.preflight, api.target, read),
  })),
});

function ofEndpoint(endpoint: Endpoint, path: Value<string>, target: Target, read: ReadonlyMap<string, ReadCode>): Endpoint {
  const code = endpoint.handler === undefined ? undefined : read.get(endpoint.handler);
  if (!code) return endpoint;
  // What a route of its own answers to OPTIONS is the preflight's.
  const isPreflight = endpoint.method.kind === 'known' && endpoint.method.value === 'OPTIONS';
  const made = isPreflight
    ? []
    : responsesOf(code, target).filter(({ code: one }) => one?.asked !== 'preflight' && (!one?.unmatched || takesMany(path, target)));
  const grown = (answer: Answer, wanted: 'ok' | 'error'): Answer => {
    const ofKind = made.filter((one) => (classOf(one) ?? wanted) === wanted);
    const beside = ofKind.flatMap((one) => standing(one, is(answer.by, 'both')));
    const responses = [...answer.responses, ...ofKind.flatMap((one) => standing(one, is(answer.by, 'handler')))];
    return { ...answer, responses, ...(beside.length > 0 && { beside }) };
  };
  return { ...endpoint, code, success: grown(endpoint.success, 'ok'), handlerError: grown(endpoint.handlerError, 'error') };
}

/** Whether requests get there that no route of a framework is for. A path of its own is there since the code has a route for it. */
const takesMany = (path: Value<string>, target: Target): boolean =>
  target === 'url' || path.kind !== 'known' || /\+\}$|^\$default$/.test(path.value);

function ofPreflight(preflight: Preflight, target: Target, read: ReadonlyMap<string, ReadCode>): Preflight {
  const code = preflight.handler === undefined ? undefined : read.get(preflight.handler);
  if (!code) return preflight;
  const byCode = any(is(preflight.by, 'options'), is(preflight.by, 'any'));
  const responses = responsesOf(code, target).filter(({ code: one }) => one?.asked !== 'others');
  const answered = { ...preflight, code, responses: responses.flatMap((one) => standing(one, byCode)) };
  const only = onlyOf(answered);
  if (!only) return answered;
  // What stops it before the code is told of by others.
  const open = all(
    test(preflight.authorizer, ({ kind }) => kind === 'none'),
    test(preflight.needsKey, (needed) => !needed),
  );
  return { ...answered, status: mapValue(only.status, numberOf), headers: only.headers, seen: all(only.exists, open) };
}

/** The one way in which all preflights are answered that succeed, where it is the only one. */
function onlyOf({ by, code, responses = [] }: Preflight): Response | undefined {
  const whole = by.kind === 'known' && code?.readings.length === 1 && code.readings.every((one) => one.code.unread.length === 0);
  const [first, ...others] = whole ? responses.filter((one) => classOf(one) !== 'error') : [];
  return first && others.every((one) => signature(one) === signature(first)) ? first : undefined;
}

const numberOf = (arm: Known<string> | Unknown<string>): Value<number | undefined> =>
  arm.kind === 'known' ? known(Number(arm.value), arm.from) : { kind: 'unknown', why: arm.why, from: arm.from };

/** Equal for what sends the same headers, wherever it stands. */
const signature = ({ headers, status }: Response): string =>
  JSON.stringify([headers, status], (key, value: unknown) =>
    key === 'from' || key === 'why'
      ? undefined
      : value instanceof Map
        ? [...(value as ReadonlyMap<unknown, unknown>)]
        : (value ?? '<undefined>'),
  );

/** The answer in these worlds; none where it is in none. */
function standing(one: Response, when: Verdict): readonly Response[] {
  const exists = all(one.exists, when);
  return exists.some(({ truth }) => truth !== 'no') ? [{ ...one, exists }] : [];
}

/** One for each way in which it answers those whom it does not refuse. */
const responsesOf = ({ readings }: ReadCode, target: Target): readonly Response[] =>
  readings.flatMap(({ code, isSo }) => code.answers.filter(({ refused }) => !refused).map((answer) => response(answer, isSo, target)));

function response(answer: CodeAnswer, isSo: Verdict, target: Target): Response {
  const from = { kind: 'literal', at: answer.at } as const;
  // A REST API answers 502 in its place unless it is an object of the right form, which need not name a status.
  const isOpen = target === 'rest' && answer.status.kind === 'known' && answer.status.value === undefined;
  const status = mapValue(answer.status, (arm): Value<string> => {
    if (arm.kind === 'unknown') return { kind: 'unknown', why: arm.why, from: arm.from };
    return arm.value === undefined && isOpen ? { kind: 'unknown', why: NO_STATUS, from } : known(String(arm.value ?? 200), arm.from);
  });
  return {
    at: answer.at,
    exists: isOpen ? all(isSo, always('maybe', { kind: 'unknown', why: NO_STATUS, from })) : isSo,
    status,
    pattern: known(undefined, from),
    headers: answer.headers,
    mappings: [],
    code: answer,
  };
}

const NO_STATUS = 'the code names no status, and API Gateway takes not every answer without one';

/** By its status; undefined where that may be either. */
function classOf({ status }: Response): 'ok' | 'error' | undefined {
  return status.kind === 'known' ? (/^[45]/.test(status.value) ? 'error' : 'ok') : undefined;
}
