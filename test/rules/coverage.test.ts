import { describe, expect, it } from 'vitest';
import missingCors from '../../rules/missing-cors.ts';
import missingGatewayResponseCors from '../../rules/missing-gateway-response-cors.ts';
import { activate } from '../../src/engine/active.ts';
import { check } from '../../src/engine/check.ts';
import type { Api } from '../../src/model/api.ts';
import { always } from '../../src/value/verdict.ts';
import { found, messagesOf } from '../support/findings.ts';
import {
  api,
  authorizer,
  cors,
  echo,
  endpoint,
  fixed,
  gatewayResponse,
  gatewayResponses,
  lit,
  managed,
  model,
  choice,
  list,
  preflight,
  REFLECT,
  resource,
  response,
  STAGE,
  unknown,
  usual,
  when,
} from '../support/model.ts';

const withCors = (path = '/orders') => resource(path, [endpoint('GET')], preflight('mock', usual()));
const without = (path: string, ...methods: string[]) =>
  resource(
    path,
    methods.map((method) => endpoint(method)),
  );

describe('missing-cors', () => {
  const of = (...given: Parameters<typeof api>): string[] => found(missingCors, model([api(...given)]));
  const ids = (...given: Parameters<typeof api>): string[] => messagesOf(missingCors, model([api(...given)]));

  it('reports each endpoint of an API that has CORS elsewhere', () =>
    expect(of([withCors(), without('/orders/{id}', 'GET', 'PUT')])).toEqual(
      ['GET', 'PUT'].map(
        (method) =>
          `error: no preflight for ${method} /orders/{id}: API Gateway answers OPTIONS there with 403, so pages of other sites cannot send JSON or an Authorization header, nor use PUT, PATCH or DELETE. Set CORS on this path too «endpoint ${method}»`,
      ),
    ));

  it('reports an API once that has none at all, with its endpoints', () =>
    expect(of([without('/a', 'GET', 'POST'), without('/b', 'DELETE'), without('/c', 'GET')])).toEqual([
      'error: CORS is not set up here: API Gateway answers the preflights of GET /a, POST /a and 2 more with 403, so pages of other sites cannot send JSON, Authorization, PUT or DELETE there. If none should, turn `missing-cors` off «ShopApi»',
    ]));

  it('takes any CORS header for a sign that pages call the API', () => {
    const mapped = resource('/a', [endpoint('GET', {}, [response(usual())])]);
    expect(ids([mapped])).toEqual(['endpoint']);
    expect(ids([without('/a', 'GET')], { gatewayResponses: gatewayResponses() })).toEqual(['endpoint']);
    expect(ids([without('/a', 'GET')], { gatewayResponses: [gatewayResponse('DEFAULT_4XX')] })).toEqual(['api']);
    // It is set, to what is read at deployment: the sentence about this endpoint is true all the same.
    expect(ids([without('/a', 'GET'), resource('/b', [endpoint('GET')], preflight('mock', cors({ origin: unknown('ORIGIN') })))])).toEqual([
      'endpoint',
    ]);
  });

  it('says of an HTTP API what that one answers', () =>
    expect(of([without('/a', 'GET')], { target: 'http' })).toEqual([expect.stringContaining('the preflights of GET /a with 404')]));

  it('does not claim a status that a gateway response changes, nor a failure that it prevents', () => {
    const with4xx = (status: string) =>
      of([without('/a', 'GET')], { gatewayResponses: [gatewayResponse('MISSING_AUTHENTICATION_TOKEN', usual(), { status: lit(status) })] });
    expect(with4xx('404')).toEqual([expect.stringContaining('answers OPTIONS there with an error,')]);
    // B2: a preflight passes with any 2xx and the right headers.
    expect(with4xx('200')).toEqual([]);
  });

  it('is silent on private APIs, WebSockets, OPTIONS alone, and what nothing but code may answer', () => {
    expect(ids([without('/a', 'GET')], { private: lit(true) })).toEqual([]);
    expect(ids([without('/a', 'GET')], { target: 'websocket' })).toEqual([]);
    expect(ids([withCors(), resource('/a', [], preflight('mock', usual()))])).toEqual([]);
    expect(ids([withCors(), resource('/a', [endpoint('ANY')], preflight('any'))])).toEqual(['left-to-code?']);
    expect(ids([withCors(), resource('/a', [endpoint('GET'), endpoint('OPTIONS')], preflight('options'))])).toEqual(['left-to-code?']);
    // It does not come as far as the code: `route-catches-preflight` says so.
    expect(
      ids([withCors(), resource('/a', [endpoint('ANY')], preflight('any', cors(), { authorizer: authorizer('jwt', 'Authorization') }))]),
    ).toEqual([]);
    expect(ids([resource('/', [endpoint('ANY')], preflight('any'))], { target: 'url' })).toEqual(['left-to-code?']);
  });

  it('is only possible where the rest of the API is not in the template, or a path or the privacy is not known', () => {
    expect(ids([withCors(), without('/a', 'GET')], { imported: true })).toEqual(['endpoint?']);
    expect(ids([without('/a', 'GET')], { imported: true })).toEqual(['api?']);
    expect(ids([without('/a', 'GET')], { private: unknown('TYPE') })).toEqual(['api?']);
    expect(ids([withCors(), resource(unknown('BASE', [null, '/a']), [endpoint('GET')])])).toEqual(['endpoint?']);
    expect(ids([withCors(), resource('/a', [endpoint('GET', { exists: always('maybe') })])])).toEqual(['endpoint?']);
  });

  it('says in which stages the endpoint has no preflight', () => {
    const answered = preflight(choice(STAGE, lit('mock'), lit('nobody')), usual());
    expect(of([withCors(), resource('/a', [endpoint('PUT')], answered)])).toEqual([
      expect.stringMatching(/^error when stage = prod: no preflight for PUT \/a/),
    ]);
    expect(of([withCors(), resource('/a', [endpoint('PUT', { exists: when(STAGE, 'dev') })], answered)])).toEqual([]);
  });

  it.each(['/stripe-webhook', '/webhooks/stripe', '/oauth', '/v1/oauth/token', '/auth/callback', '/hooks', '/paypal/Webhook/v2'])(
    'takes %s for a call between servers',
    (path) => expect(ids([withCors(), without(path, 'POST')])).toEqual([]),
  );

  it.each(['/oauth2/clients', '/bookhooks', '/fishhook'])('does not take %s for one', (path) =>
    expect(ids([withCors(), without(path, 'POST')])).toEqual(['endpoint']),
  );

  it('goes by function names too, and by globs of the user’s', () => {
    const by = (handler: string) => model([api([withCors(), resource('/in', [endpoint('POST', { handler })])])]);
    expect(messagesOf(missingCors, by('stripeWebhook'))).toEqual([]);
    expect(messagesOf(missingCors, by('worker'))).toEqual(['endpoint']);
    const own = activate([missingCors], 'recommended', { 'missing-cors': ['warning', { ignore: ['work*'] }] });
    expect(check(own, by('worker')).findings).toEqual([]);
    expect(check(own, by('stripeWebhook')).findings.map(({ severity }) => severity)).toEqual(['warning']);
  });
});

describe('missing-gateway-response-cors', () => {
  const of = (given: Partial<Api> = {}, resources = [withCors()]): string[] =>
    found(missingGatewayResponseCors, model([api(resources, given)]));
  const bare = (type: string) => gatewayResponse(type);
  const good = (type: string) => gatewayResponse(type, cors({ origin: fixed('https://app.example.com') }));
  const guarded = (...given: Parameters<typeof authorizer>) =>
    resource('/orders', [endpoint('POST', { authorizer: authorizer(...given) })], preflight('mock', usual()));

  it('reports an API once, with the errors that it can produce', () => {
    expect(of()).toEqual([
      'error: pages cannot read what API Gateway answers by itself (403, 429, 502 and 504) and see a bare network error: it sends no Access-Control-Allow-Origin there. Add gateway responses of type DEFAULT_4XX and DEFAULT_5XX with that header «ShopApi»',
    ]);
  });

  it.each([
    ['a Lambda authorizer', guarded('token', 'Authorization'), '401, 403, 429, 500, 502 and 504'],
    ['Cognito', guarded('cognito', 'Authorization'), '401, 403, 429, 502 and 504'],
    ['IAM', guarded('iam'), '403, 429, 502 and 504'],
    ['a validator', resource('/a', [endpoint('POST', { validates: lit(true) })], preflight('mock', usual())), '400, 403, 429, 502 and 504'],
    [
      'an integration that the gateway answers for',
      resource('/a', [endpoint('GET', {}, [response(usual())])], preflight('mock', usual())),
      '403, 429 and 504',
    ],
  ])('knows what %s leads to', (_, one, errors) => expect(of({}, [one])).toEqual([expect.stringContaining(`(${errors})`)]));

  it('never speaks of 413, which cannot be covered', () => {
    expect(of().join()).not.toContain('413');
    expect(of({ gatewayResponses: [...gatewayResponses(), bare('REQUEST_TOO_LARGE')] })).toEqual([]);
  });

  it('names the default that is missing', () => {
    expect(of({ gatewayResponses: [good('DEFAULT_4XX')] })).toEqual([
      expect.stringMatching(/\(502 and 504\).*of type DEFAULT_5XX with that header «ShopApi»$/),
    ]);
    expect(of({ gatewayResponses: [good('DEFAULT_5XX')] })).toEqual([
      expect.stringMatching(/\(403 and 429\).*of type DEFAULT_4XX with that header «ShopApi»$/),
    ]);
  });

  it('reports a response that is there and lacks the header', () =>
    expect(of({ gatewayResponses: [bare('DEFAULT_4XX'), good('DEFAULT_5XX')] })).toEqual([
      'error: the gateway response DEFAULT_4XX sends no Access-Control-Allow-Origin, so pages see a bare network error in place of 403 and 429. Add `gatewayresponse.header.Access-Control-Allow-Origin` «GatewayResponse»',
    ]));

  it('reports a specific response that takes the default’s place (R31), if its error can occur', () => {
    const responses = [...gatewayResponses(), bare('UNAUTHORIZED')];
    expect(of({ gatewayResponses: responses }, [guarded('token', 'Authorization')])).toEqual([
      'error: the gateway response UNAUTHORIZED replaces DEFAULT_4XX, headers included, and sends no Access-Control-Allow-Origin: pages see a bare network error in place of 401. Add `gatewayresponse.header.Access-Control-Allow-Origin` «GatewayResponse»',
    ]);
    expect(of({ gatewayResponses: responses })).toEqual([]);
  });

  it('is content with specific responses that leave nothing to the default', () => {
    const specific = [
      'MISSING_AUTHENTICATION_TOKEN',
      'THROTTLED',
      'ACCESS_DENIED',
      'WAF_FILTERED',
      'RESOURCE_NOT_FOUND',
      'UNSUPPORTED_MEDIA_TYPE',
    ].map(good);
    expect(of({ gatewayResponses: [...specific, good('DEFAULT_5XX')] })).toEqual([]);
    expect(of({ gatewayResponses: [...specific, bare('DEFAULT_4XX'), good('DEFAULT_5XX')] })).toEqual([]);
  });

  it('takes an echo for covered', () => {
    expect(of({ gatewayResponses: gatewayResponses(lit(REFLECT)) })).toEqual([]);
    expect(of({ gatewayResponses: gatewayResponses(echo('a', 'b')) })).toEqual([]);
  });

  it('is silent on APIs without CORS, HTTP APIs and function URLs', () => {
    expect(of({}, [without('/a', 'GET')])).toEqual([]);
    for (const target of ['http', 'url'] as const)
      expect(found(missingGatewayResponseCors, model([managed(target, list('*'), usual(), [endpoint('GET')])]))).toEqual([]);
  });

  it('is only possible where the API is defined elsewhere, code answers, or a value is not known', () => {
    const ids = (given: Partial<Api>, resources = [withCors()]): string[] =>
      messagesOf(missingGatewayResponseCors, model([api(resources, given)]));
    expect(ids({ imported: true })).toEqual(['missing?']);
    expect(ids({}, [resource('/a', [endpoint('ANY')], preflight('any'))])).toEqual(['missing?']);
    expect(ids({ gatewayResponses: gatewayResponses(unknown('ORIGIN')) })).toEqual(['bare?', 'bare?']);
    expect(ids({ gatewayResponses: [gatewayResponse(unknown('TYPE'), usual()), good('DEFAULT_5XX')] })).toEqual(['missing?']);
    // One that is surely missing is, whatever the other one may be.
    expect(ids({ gatewayResponses: [gatewayResponse('DEFAULT_4XX', usual(), { exists: always('maybe') })] })).toEqual(['missing']);
  });

  it('says in which stages', () =>
    expect(of({ gatewayResponses: gatewayResponses().map((one) => ({ ...one, exists: when(STAGE, 'prod') })) })).toEqual([
      expect.stringMatching(/^error when stage = dev: /),
    ]));
});
