import { describe, expect, it } from 'vitest';
import missingAuthHeaders from '../../rules/missing-auth-headers.ts';
import missingSigv4Headers from '../../rules/missing-sigv4-headers.ts';
import type { CorsHeaders, Endpoint } from '../../src/model/api.ts';
import { always } from '../../src/value/verdict.ts';
import { found, messagesOf } from '../support/findings.ts';
import {
  any,
  api,
  authorizer,
  choice,
  cors,
  endpoint,
  fixed,
  list,
  lit,
  managed,
  model,
  preflight,
  resource,
  STAGE,
  unknown,
} from '../support/model.ts';

const rules = [missingAuthHeaders, missingSigv4Headers];
const allowing = (headers: CorsHeaders['headers'], more: Partial<CorsHeaders> = {}): CorsHeaders =>
  cors({ origin: fixed('https://shop.example.com'), headers, ...more });
const over = (headers: CorsHeaders, ...endpoints: readonly Endpoint[]) =>
  model([api([resource('/orders', endpoints, preflight('mock', headers))])]);

const signed = (method = 'GET') => endpoint(method, { authorizer: authorizer('iam') });
const guarded = (...headers: string[]) => endpoint('GET', { authorizer: authorizer('token', ...headers) });
const keyed = endpoint('GET', { needsKey: lit(true, 'private: true') });

describe('missing-sigv4-headers', () => {
  it('names the headers of a signed call that are not allowed, once for all methods', () =>
    expect(found(rules, over(allowing(list('Content-Type', 'authorization')), signed(), signed('DELETE')))).toEqual([
      'error: browsers drop signed calls to GET /orders and DELETE /orders: the preflight does not allow X-Amz-Date and X-Amz-Security-Token. Allow all that such a call carries: Authorization, X-Amz-Date and X-Amz-Security-Token «[2]»',
    ]));

  it('says of the session token whom it concerns', () =>
    expect(found(rules, over(allowing(list('Authorization', 'X-Amz-Date')), signed()))).toEqual([
      'error: browsers drop calls to GET /orders that are signed with temporary credentials (Amplify, Cognito): the preflight does not allow X-Amz-Security-Token. Add it to the allowed headers «[2]»',
    ]));

  it('holds for a function URL and its own CORS (U10)', () =>
    expect(messagesOf(rules, model([managed('url', list('*'), allowing(list()), [signed()])]))).toEqual(['signed']));

  it.each([
    ['all three', allowing(list('AUTHORIZATION', 'x-amz-date', 'x-amz-security-token'))],
    ['"*"', allowing(list('*'))],
    ['no origin: another fault', cors()],
  ])('is silent on %s', (_, headers) => expect(found(rules, over(headers, signed()))).toEqual([]));

  it('tells of "*" beside credentials, which is a name like others: pages that send cookies with every call do so here too', () => {
    expect(messagesOf(rules, over(allowing(list('*'), { credentials: lit('true') }), signed()))).toEqual(['star']);
  });

  it('is silent where there is no IAM, or code answers the preflight', () => {
    expect(found(rules, over(allowing(list('Authorization')), guarded('Authorization')))).toEqual([]);
    expect(found(rules, model([api([resource('/orders', [signed()], preflight('any', allowing(list())))])]))).toEqual([]);
  });

  it('is only possible where the list or an entry is not known, and certain of what no entry can be', () => {
    expect(messagesOf(rules, over(allowing(unknown('${env:HEADERS}')), signed()))).toEqual(['signed?']);
    expect(messagesOf(rules, over(allowing(list<string>('Authorization', unknown('${env:MORE}'))), signed()))).toEqual(['signed?']);
    expect(messagesOf(rules, over(allowing(list()), endpoint('GET', { authorizer: unknown('${env:AUTH}') })))).toEqual(['signed?']);
    // In quotes that do not belong there: `overquoted-literal` says it.
    expect(messagesOf(rules, over(allowing(list("'Authorization", 'X-Amz-Date', "X-Amz-Security-Token'")), signed()))).toEqual(['signed?']);
  });

  it('tells the stages apart', () => {
    const headers = choice(STAGE, list('Authorization'), list('Authorization', 'X-Amz-Date'));
    expect(found(rules, over(allowing(headers), signed()))).toEqual([
      expect.stringMatching(/^error when stage = dev: .* does not allow X-Amz-Date and X-Amz-Security-Token\. .* «\[1\]»$/),
      expect.stringMatching(/^error when stage = prod: .* does not allow X-Amz-Security-Token\. .* «\[2\]»$/),
    ]);
  });
});

describe('missing-auth-headers', () => {
  it('names the header that an authorizer reads', () =>
    expect(found(rules, over(allowing(list('Content-Type')), guarded('X-Session')))).toEqual([
      'error: browsers drop every call to GET /orders that carries X-Session, which the authorizer reads: the preflight does not allow it. Add X-Session to the allowed headers «[1]»',
    ]));

  it('names the header of an API key, unless the authorizer supplies the key (I8)', () => {
    const headers = allowing(list('Authorization'));
    expect(found(rules, over(headers, keyed))).toEqual([
      'error: browsers drop every call to GET /orders that carries the API key: the preflight does not allow X-Api-Key. Add it to the allowed headers «[1]»',
    ]);
    expect(
      found(rules, model([api([resource('/orders', [keyed], preflight('mock', headers))], { keySource: lit('AUTHORIZER') })])),
    ).toEqual([]);
  });

  it.each(['POST', 'PUT', 'PATCH'])('asks for Content-Type where %s is (B9)', (method) =>
    expect(found(rules, over(allowing(list('Authorization')), endpoint(method)))).toEqual([
      `error: browsers drop every call to ${method} /orders with a JSON body: the preflight does not allow Content-Type. Add it to the allowed headers «[1]»`,
    ]),
  );

  it.each(['GET', 'HEAD', 'DELETE'])('does not ask for it where only %s is', (method) =>
    expect(found(rules, over(allowing(list()), endpoint(method)))).toEqual([]),
  );

  it('cannot tell what ANY takes', () => expect(messagesOf(rules, over(allowing(list()), endpoint('ANY')))).toEqual(['json?']));

  it('joins endpoints that lack the same', () =>
    expect(
      found(rules, over(allowing(list()), guarded('Authorization'), endpoint('POST', { authorizer: authorizer('jwt', 'Authorization') }))),
    ).toEqual([
      expect.stringContaining('every call to GET /orders and POST /orders that carries Authorization'),
      expect.stringContaining('every call to POST /orders with a JSON body'),
    ]));

  it('holds for an HTTP API that lists no headers: that means none (H12)', () =>
    expect(
      messagesOf(
        rules,
        model([managed('http', list('*'), allowing(list()), [endpoint('GET', { authorizer: authorizer('jwt', 'Authorization') })])]),
      ),
    ).toEqual(['authorizer']));

  it('leaves the headers of IAM to missing-sigv4-headers', () =>
    expect(messagesOf(rules, over(allowing(list()), signed('POST')))).toEqual(['json', 'signed']));

  it.each([
    ['a cookie, which no preflight asks for', guarded('Cookie')],
    ['what the browser writes', guarded('Origin', 'Host', 'Referer', 'User-Agent', 'Sec-Fetch-Site')],
    ['what proxies add', guarded('X-Forwarded-For', 'CloudFront-Viewer-Country', 'X-Amzn-Trace-Id')],
    ['safelisted ones', guarded('Accept-Language')],
    ['no header', guarded()],
    ['a header that is allowed', guarded('content-type')],
  ])('is silent on an authorizer of %s', (_, one) => expect(found(rules, over(allowing(list('Content-Type')), one))).toEqual([]));

  it('takes "*" for everything, but not beside credentials', () => {
    expect(found(rules, over(cors({ origin: any(), headers: list('*') }), guarded('Authorization')))).toEqual([]);
    const credentialed = allowing(list('*'), { credentials: lit('true') });
    expect(found(rules, over(credentialed, keyed))).toEqual([
      'error: browsers drop calls with credentials to GET /orders that carry X-Api-Key: beside credentials the allowed headers "*" mean a header of that name, not all. Name X-Api-Key «[1]»',
    ]);
    // H20: nobody has written down what these do with it.
    expect(messagesOf(rules, model([managed('http', list('https://a.example'), credentialed, [endpoint('POST')])]))).toEqual(['star?']);
  });

  it('is only possible where a value is not known', () => {
    expect(messagesOf(rules, over(allowing(unknown('${env:HEADERS}')), keyed))).toEqual(['key?']);
    expect(messagesOf(rules, over(allowing(list()), endpoint('GET', { needsKey: unknown('${env:KEY}') })))).toEqual(['key?']);
    expect(messagesOf(rules, over(allowing(list()), endpoint('POST', { exists: always('maybe') })))).toEqual(['json?']);
    // What came from the environment is not named.
    const secret = { ...lit('X-Internal-Token'), secret: true } as const;
    const hidden = lit({ kind: 'token', at: lit('').from.at, headers: list<string>(secret) } as const);
    expect(found(rules, over(allowing(list()), endpoint('GET', { authorizer: hidden })))).toEqual([]);
    // An authorizer that may read any header names none.
    expect(
      found(
        rules,
        over(allowing(list()), endpoint('GET', { authorizer: lit({ kind: 'request', at: lit('').from.at, headers: unknown('') }) })),
      ),
    ).toEqual([]);
  });
});
