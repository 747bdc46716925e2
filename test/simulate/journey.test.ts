import { describe, expect, it } from 'vitest';
import type { Api } from '../../src/model/api.ts';
import { journeysOf } from '../../src/simulate/journey.ts';
import type { Outcome } from '../../src/simulate/outcome.ts';
import type { Request } from '../../src/simulate/request.ts';
import { describe as worldText } from '../../src/value/verdict.ts';
import { known } from '../../src/value/value.ts';
import {
  any,
  api,
  authorizer,
  choice,
  cors,
  echo,
  endpoint,
  fixed,
  gatewayResponses,
  list,
  lit,
  place,
  preflight,
  REFLECT,
  resource,
  response,
  STAGE,
  textAt,
  unknown,
  usual,
} from '../support/model.ts';

const APP = 'https://app.example.com';
const ask = (given: Partial<Request> = {}): Request => ({
  origin: APP,
  method: 'PUT',
  path: '/items/42',
  headers: [],
  credentials: false,
  ...given,
});

const worded = (outcome: Outcome): string =>
  outcome.kind === 'blocked'
    ? `${outcome.reason} at ${textAt(outcome.at)}`
    : outcome.kind === 'unknown'
      ? `? ${[...new Set(outcome.because.map(({ why }) => why))].join('; ')}`
      : 'passes';

/** 'preflight: passes', a line for each answer, with its world where it hangs on one. */
function told(one: Api, request: Request): string[] {
  return journeysOf(one, request).flatMap(({ when, result }) => {
    const world = worldText(when);
    const lines =
      result.kind === 'taken'
        ? result.cells.map(({ kind, name, outcome }) => `${kind}${name && ` ${name}`}: ${worded(outcome)}`)
        : result.kind === 'open'
          ? [`open: ${result.why}`]
          : [`no route, the nearest is ${result.nearest}`];
    return lines.map((line) => (world === '' ? line : `${world}: ${line}`));
  });
}
const of = (lines: readonly string[], kind: string): string[] => lines.filter((line) => line.includes(kind));

const items = (answered = preflight('mock', usual({ methods: list('PUT') })), ...responses: Parameters<typeof response>[]): Api =>
  api(
    [resource('/items/{id}', [endpoint('PUT', {}, responses.length > 0 ? responses.map((one) => response(...one)) : undefined)], answered)],
    {
      gatewayResponses: gatewayResponses(),
    },
  );

describe('the preflight', () => {
  const ahead = (one: Api, request = ask()): string | undefined => of(told(one, request), 'preflight:')[0];

  it('passes where origin, method and headers are allowed', () =>
    expect(ahead(items(), ask({ headers: [['content-type', 'application/json']] }))).toBe('preflight: passes'));

  it.each([
    ['another origin', ask({ origin: 'https://evil.example' }), 'preflight-acao-mismatch at https://app.example.com'],
    ['a header that is not allowed', ask({ headers: [['x-mine', '1']] }), 'header-not-allowed at [5]'],
    ['credentials that are not', ask({ credentials: true }), 'preflight-acac-not-true at nothing'],
  ])('is refused for %s', (_, request, expected) => expect(ahead(items(), request)).toBe(`preflight: ${expected}`));

  it('is refused for a method that is not listed', () => {
    const one = api([resource('/items/{id}', [endpoint('DELETE')], preflight('mock', usual({ methods: list('PUT') })))]);
    expect(ahead(one, ask({ method: 'DELETE' }))).toBe('preflight: method-not-allowed at [1]');
  });

  it('is refused where nobody takes OPTIONS (R24), by its status where a gateway response has the headers (B2)', () => {
    expect(ahead(api([resource('/items/{id}', [endpoint('PUT')])]))).toMatch(/preflight-acao-missing/);
    expect(ahead(api([resource('/items/{id}', [endpoint('PUT')])], { gatewayResponses: gatewayResponses() }))).toMatch(/preflight-status/);
  });

  it('is open where the API is defined elsewhere', () =>
    expect(ahead(api([resource('/items/{id}', [endpoint('PUT')])], { imported: true }))).toMatch(
      /^preflight: \? `ShopApi` may hold more than what can be read here/,
    ));

  it('is open where code answers', () =>
    expect(ahead(api([resource('/items/{id}', [endpoint('PUT')], preflight('any'))]))).toBe(
      'preflight: ? what the code behind it answers',
    ));

  it.each([
    ['an authorizer', { authorizer: authorizer('cognito', 'Authorization') }],
    ['a key', { needsKey: lit(true) }],
    ['a header of its own', { needsHeaders: list('X-Tenant') }],
  ])('is refused by %s (B1)', (_, given) =>
    expect(ahead(items(preflight('mock', usual({ methods: list('PUT') }), given)))).toMatch(/^preflight: preflight-status at /),
  );

  const statement = (...entries: readonly (readonly [string, string])[]): Api['policy'] => ({
    kind: 'map',
    from: { kind: 'literal', at: place('Policy') },
    entries: new Map(
      [['Effect', 'Allow'] as const, ['Principal', '*'] as const, ['Action', 'execute-api:Invoke'] as const, ...entries].map(
        ([name, value]) => [name, { key: place(name), value: { kind: 'scalar', value, from: { kind: 'literal', at: place(value) } } }],
      ),
    ),
  });
  const underPolicy = (...entries: readonly (readonly [string, string])[]): string | undefined =>
    ahead({
      ...items(),
      policy: {
        kind: 'map',
        from: { kind: 'literal', at: place('Policy') },
        entries: new Map([['Statement', { key: place('Statement'), value: statement(...entries) }]]),
      },
    });

  it('is refused by a resource policy that lets nobody in particular call OPTIONS (R41)', () => {
    expect(underPolicy(['Resource', 'execute-api:/*/PUT/*'])).toBe('preflight: preflight-status at Policy');
    expect(underPolicy(['Resource', 'execute-api:/*'])).toBe('preflight: passes');
    expect(underPolicy(['Resource', 'execute-api:/*'], ['Condition', 'some'])).toBe('preflight: ? whom the resource policy lets in');
  });

  it('is not refused for want of what every preflight carries', () =>
    expect(ahead(items(preflight('mock', usual({ methods: list('PUT') }), { needsHeaders: list('Origin') })))).toBe('preflight: passes'));

  const mocked = (given: object): string | undefined =>
    ahead(
      items(
        preflight('mock', usual({ methods: list('PUT') }), {
          mock: {
            request: lit({ kind: 'status', status: 200 }, 'template'),
            passthrough: lit('WHEN_NO_MATCH'),
            responds: lit(true),
            responseConvertsToText: lit(true),
            ...given,
          },
        }),
      ),
    );

  it('passes through a mock that is set up well', () => expect(mocked({})).toBe('preflight: passes'));
  it('fails where the mock asks for no status (R3)', () =>
    expect(mocked({ request: lit({ kind: 'none', written: '{}' }) })).toMatch(/preflight-status/));
  it('fails where no template is for it (R5)', () =>
    expect(mocked({ request: lit({ kind: 'missing', types: ['text/plain'] }) })).toMatch(/preflight-status/));
  it('fails where no response is for it (R8)', () => expect(mocked({ responds: lit(false) })).toMatch(/preflight-status/));
  it('is open without any template (R7)', () => expect(mocked({ request: lit({ kind: 'untemplated' }) })).toMatch(/^preflight: \?/));

  it('fails where everything is binary and nobody makes text of it (R17)', () => {
    const setting = { binaryMediaTypes: list('*/*') };
    const well = preflight('mock', usual({ methods: list('PUT') }));
    const mock = {
      request: lit({ kind: 'status', status: 200 } as const),
      passthrough: lit('NEVER'),
      responds: lit(true),
      responseConvertsToText: lit(true),
    };
    const one = (converts: boolean): Api => ({ ...items({ ...well, mock, convertsToText: lit(converts) }), ...setting });
    expect(ahead(one(false))).toMatch(/preflight-status/);
    expect(ahead(one(true))).toBe('preflight: passes');
  });
});

describe('values that are not known', () => {
  const allowing = (headers: Parameters<typeof usual>[0], request = ask()): string | undefined =>
    of(told(items(preflight('mock', usual({ methods: list('PUT'), ...headers }))), request), 'preflight:')[0];

  it('leave it open, and are named', () =>
    expect(allowing({ origin: unknown('${ssm:/origin}') })).toBe('preflight: ? ${ssm:/origin} is read at deployment'));

  it('settle it all the same where their text does', () => {
    expect(allowing({ origin: unknown('https://${x}.example.org', ['https://', null, '.example.org']) })).toMatch(/acao-mismatch/);
    expect(allowing({ origin: unknown('https://${x}.example.com', ['https://', null, '.example.com']) })).toMatch(/^preflight: \?/);
  });

  it('do not matter where what is known is enough', () => {
    expect(allowing({ headers: list('Content-Type', unknown('more')) }, ask({ headers: [['content-type', 'application/json']] }))).toBe(
      'preflight: passes',
    );
    expect(allowing({ headers: list('Content-Type', unknown('more')) }, ask({ headers: [['x-mine', '1']] }))).toMatch(/^preflight: \?/);
    expect(allowing({ credentials: unknown('cookies') })).toBe('preflight: passes');
  });

  it('never show a value of the environment', () => {
    const secret = { ...fixed('https://s3cret.example'), secret: true as const };
    const [first] = journeysOf(items(preflight('mock', usual({ origin: secret, methods: list('PUT') }))), ask());
    const cell = first?.result.kind === 'taken' ? first.result.cells[0] : undefined;
    expect(cell?.outcome.kind === 'blocked' && cell.outcome.refusal).toBe(undefined);
  });
});

describe('origins', () => {
  const from = (origin: Parameters<typeof fixed>[0], headers: Parameters<typeof usual>[0]): string | undefined =>
    of(told(items(preflight('mock', usual({ methods: list('PUT'), ...headers }))), ask({ origin })), 'preflight:')[0];

  it('are echoed if they match, else the first is sent', () => {
    const headers = { origin: echo('https://.+[.]example[.]com', 'https://shop[.]example') };
    expect(from('https://a.example.com', headers)).toBe('preflight: passes');
    expect(from('https://shop.example', headers)).toBe('preflight: passes');
    expect(from('https://shopXexample', headers)).toMatch(/acao/);
    expect(from('https://.example.com', headers)).toMatch(/acao/);
  });

  it('are all echoed by who reflects', () =>
    expect(from('https://evil.example', { origin: lit(REFLECT, 'whoever') })).toBe('preflight: passes'));

  it('are open where a stranger wrote the expression', () =>
    expect(from(APP, { origin: echo('https://(a|b)+[.]com') })).toMatch(/^preflight: \? which origins/));
});

describe('worlds', () => {
  it('are told apart, and together where they agree', () => {
    const origin = choice(STAGE, fixed('http://localhost:3000'), fixed(APP));
    expect(of(told(items(preflight('mock', usual({ origin, methods: list('PUT') }))), ask()), 'preflight:')).toEqual([
      'stage = dev: preflight: preflight-acao-mismatch at http://localhost:3000',
      'stage = prod: preflight: passes',
    ]);
    const same = choice(STAGE, any(), any());
    expect(told(items(preflight('mock', usual({ origin: same, methods: list('PUT') }))), ask())[0]).toBe('preflight: passes');
  });
});

describe('the other answers', () => {
  it("of a proxy are the code's", () =>
    expect(of(told(items(), ask()), 'success')).toEqual(['success: ? what the code behind it answers']));

  it('of a mapped integration are told response by response', () => {
    const open = cors({ origin: fixed(APP) });
    const one = api([
      resource(
        '/items/{id}',
        [
          endpoint('PUT', {
            integration: lit('mapped'),
            success: { by: lit('gateway'), responses: [response(open)] },
            handlerError: { by: lit('gateway'), responses: [response(cors(), { status: lit('404') })] },
          }),
        ],
        preflight('mock', usual({ methods: list('PUT') })),
      ),
    ]);
    const lines = told(one, ask());
    expect(of(lines, 'success')).toEqual(['success 200: passes']);
    expect(of(lines, 'handler-error')).toEqual(['handler-error 404: acao-missing at nothing']);
  });

  it('of the gateway are blocked without gateway responses, the default standing in for a type (R30)', () => {
    const lines = of(told({ ...items(), gatewayResponses: [] }, ask()), 'gateway-error');
    expect(lines).toContain('gateway-error 429 THROTTLED: acao-missing at ShopApi');
    expect(lines.some((line) => line.includes('413'))).toBe(false);
    expect(of(told(items(), ask()), 'gateway-error').every((line) => line.endsWith('passes') || line.includes('?'))).toBe(true);
  });
});

it('a route that is there misses no authentication token, but for a signature (R30)', () => {
  const errors = (given: Parameters<typeof endpoint>[1]): string[] => {
    const one = api([resource('/items/{id}', [endpoint('PUT', given)], preflight('mock', usual({ methods: list('PUT') })))]);
    return of(told(one, ask()), 'MISSING_AUTHENTICATION_TOKEN');
  };
  expect(errors({})).toEqual([]);
  expect(errors({ authorizer: authorizer('token', 'Authorization') })).toEqual([]);
  expect(errors({ authorizer: authorizer('iam') })).toEqual(['gateway-error 403 MISSING_AUTHENTICATION_TOKEN: acao-missing at ShopApi']);
});

it('all reasons are told where an answer that is not known is blocked for any of several', () => {
  const one = api([resource('/items/{id}', [endpoint('PUT')])], { gatewayResponses: gatewayResponses(unknown('${ssm:/origin}')) });
  const [first] = journeysOf(one, ask());
  const outcome = first?.result.kind === 'taken' ? first.result.cells[0]?.outcome : undefined;
  expect(outcome?.kind === 'blocked' && outcome).toMatchObject({
    reasons: ['preflight-status', 'preflight-acao-missing'],
    refusal: undefined,
    by: 'API Gateway',
    since: 'no method takes OPTIONS here',
    says: [],
  });
});

describe('HTTP APIs and function URLs', () => {
  const headers = cors({ origin: fixed(APP), headers: list('*'), methods: list('*') });
  const managed = { at: place('cors'), exists: [{ when: {}, truth: 'yes' as const, because: [] }], origins: list(APP), headers };
  const answer = { by: lit('gateway' as const), responses: [] };
  const http = (given: Partial<Api> = {}, before = preflight('managed', headers, { status: lit(204) })): Api =>
    api([resource('/items/{id}', [endpoint('PUT', { success: answer, handlerError: answer })], before)], {
      target: 'http',
      managed,
      ...given,
    });

  it('answer by their own settings', () => {
    const lines = told(http(), ask());
    expect(of(lines, 'preflight:')).toEqual(['preflight: passes']);
    expect(of(lines, 'success')).toEqual(['success: passes']);
    expect(of(lines, 'gateway-error')[0]).toMatch(/\?/);
  });

  it('leave open what `*` is with credentials (H20)', () => {
    const lax = cors({ origin: fixed(APP), credentials: lit('true'), headers: list('*'), methods: list('PUT') });
    const one = http({ managed: { ...managed, headers: lax } }, preflight('managed', lax, { status: lit(204) }));
    expect(of(told(one, ask({ credentials: true, headers: [['x-mine', '1']] })), 'preflight:')[0]).toMatch(/whether "\*" is sent/);
  });

  it('are stopped by an authorizer on the route that catches OPTIONS (H5)', () =>
    expect(
      of(
        told(http({}, preflight('managed', headers, { status: lit(204), authorizer: authorizer('jwt', 'Authorization') })), ask()),
        'preflight:',
      )[0],
    ).toMatch(/preflight-acao-missing at authorizer: jwt/));

  it('may send the headers twice, where the code does too (U3)', () => {
    const both = { by: lit('both' as const), responses: [] };
    const url = api([resource('/', [endpoint('ANY', { success: both, handlerError: both })], preflight('managed', headers))], {
      target: 'url',
      managed,
    });
    expect(of(told(url, ask({ path: '/any/path' })), 'success')[0]).toMatch(/which would make them double/);
    expect(of(told(url, ask({ origin: 'https://evil.example', method: 'GET' })), 'success')[0]).toMatch(/acao-mismatch/);
  });
});

it('a path that no route takes is said, with the nearest', () => {
  expect(told(items(), ask({ path: '/itens/42' }))).toEqual(['no route, the nearest is PUT /items/{id}']);
  expect(told(items(), ask({ method: 'GET' }))).toEqual(['no route, the nearest is PUT /items/{id}']);
  expect(told(api([resource(known('/', { kind: 'absent', at: place('x') }), [])], { target: 'websocket' }), ask())[0]).toMatch(
    /^open: browsers/,
  );
});
