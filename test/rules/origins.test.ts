import { describe, expect, it } from 'vitest';
import credentialsWithOriginList from '../../rules/credentials-with-origin-list.ts';
import credentialsWithWildcardOrigin from '../../rules/credentials-with-wildcard-origin.ts';
import multipleOriginsInHeader from '../../rules/multiple-origins-in-header.ts';
import type { CorsHeaders } from '../../src/model/api.ts';
import { known } from '../../src/value/value.ts';
import { found, messagesOf } from '../support/findings.ts';
import {
  ANY,
  any,
  api,
  choice,
  cors,
  echo,
  endpoint,
  filledIn,
  fixed,
  gatewayResponse,
  list,
  lit,
  managed,
  model,
  preflight,
  REFLECT,
  resource,
  response,
  STAGE,
  unknown,
  used,
  usual,
} from '../support/model.ts';

const TRUE = { credentials: lit('true', 'allowCredentials: true') };
const rules = [credentialsWithOriginList, credentialsWithWildcardOrigin, multipleOriginsInHeader];
const mocked = (headers: CorsHeaders, ...endpoints: Parameters<typeof resource>[1]) =>
  model([api([resource('/cart', endpoints, preflight('mock', headers))])]);

describe('credentials-with-wildcard-origin', () => {
  const of = (...given: Parameters<typeof model>) => found(credentialsWithWildcardOrigin, model(...given));

  it('on a REST API: browsers refuse it (B5)', () =>
    expect(found(rules, mocked(cors({ origin: any(), ...TRUE }), endpoint('GET')))).toEqual([
      'error: browsers refuse the origin "*" for calls with credentials (cookies, `credentials: \'include\'`), so none of them succeeds here. Name your origins, or stop allowing credentials «*»',
    ]));

  it('on an HTTP API: the deploy fails (H9), also beside other origins', () =>
    expect(of([managed('http', list('https://a.example', '*'), usual(TRUE))])).toEqual([
      'error: the deploy fails: an HTTP API does not take the origin "*" beside credentials ("allow-credentials is not supported if \'allow-origin\' is *"). Name your origins, or stop allowing credentials «*»',
    ]));

  it('on a function URL: it is open to everyone (U4)', () =>
    expect(of([managed('url', known([filledIn('*', 'cors: {}')], lit('').from), usual(TRUE))])).toEqual([
      'error: any site can call ShopApi with the cookies of your users and read the answer: beside credentials, a function URL answers "*" by naming whoever asks. Name your origins, or stop allowing credentials «cors: {}»',
    ]));

  it('is one finding where preflight and answers come from one setting', () => {
    const headers = cors({ origin: used(ANY, "origin: '*'", '${self:custom.cors}'), ...TRUE });
    const answers = ['200', '400', '500'].map((status) => response(headers, { status: lit(status) }));
    expect(found(rules, mocked(headers, endpoint('GET', {}, answers), endpoint('POST', {}, answers)))).toHaveLength(1);
  });

  it('is reported on gateway responses too', () =>
    expect(
      messagesOf(rules, model([api([], { gatewayResponses: [gatewayResponse('DEFAULT_4XX', cors({ origin: any(), ...TRUE }))] })])),
    ).toEqual(['refused']));

  it.each([
    ['a named origin', usual(TRUE)],
    ['no credentials', cors({ origin: any() })],
    // B4: only the text `true` counts.
    ['credentials that do not count', cors({ origin: any(), credentials: lit('True') })],
    ['an origin of which a piece is known', cors({ origin: unknown('https://${env:DOMAIN}', ['https://', null]), ...TRUE })],
  ])('is silent on %s', (_, headers) => expect(found(rules, mocked(headers, endpoint('GET')))).toEqual([]));

  it('leaves what code answers to code', () =>
    expect(found(rules, model([api([resource('/cart', [endpoint('ANY')], preflight('any', cors({ origin: any(), ...TRUE })))])]))).toEqual(
      [],
    ));

  it('is only possible where a value is not known', () => {
    expect(found(rules, mocked(cors({ origin: unknown('${env:ORIGIN}'), ...TRUE }), endpoint('GET')))).toEqual([
      expect.stringMatching(/^possible error: .* «\$\{env:ORIGIN\}»$/),
    ]);
    expect(messagesOf(rules, mocked(cors({ origin: any(), credentials: unknown('${env:COOKIES}') }), endpoint('GET')))).toEqual([
      'refused?',
    ]);
    expect(messagesOf(rules, model([managed('http', unknown('${env:ORIGINS}'), usual(TRUE))]))).toEqual(['deploy?']);
  });

  it('points into the stage where it holds', () => {
    const origin = choice(STAGE, lit(ANY, "dev: '*'"), fixed('https://shop.example.com'));
    expect(found(rules, mocked(cors({ origin, ...TRUE }), endpoint('GET')))).toEqual([
      expect.stringMatching(/^error when stage = dev: .* «dev: '\*'»$/),
    ]);
  });
});

describe('credentials-with-origin-list', () => {
  const two = echo('https://a[.]example', 'https://b[.]example');

  it('warns that the list serves the preflight alone, where code answers', () =>
    expect(found(rules, mocked(usual({ origin: two, ...TRUE }), endpoint('GET')))).toEqual([
      "warning: this list serves the preflight of /cart alone: the code has to answer with the caller's own origin, if it is listed, beside `Access-Control-Allow-Credentials: true` and `Vary: Origin` «https://a[.]example,https://b[.]example»",
    ]));

  it.each([
    ['what the framework makes of "*" in a list', lit({ kind: 'reflect' as const, listed: true as const }, "origins: ['*']")],
    ['a pattern of it among others', echo('https://a[.]example', '.+')],
  ])('reports %s: everyone is let in with cookies', (_, origin) =>
    expect(found(rules, mocked(usual({ origin, ...TRUE }), endpoint('GET')))).toEqual([
      expect.stringMatching(/^error: every site passes the preflight of \/cart with the cookies of your users/),
    ]),
  );

  it('reports the list that a mapping sends as one value, and nothing else about it', () => {
    const at = lit('', 'origins: [https://a.example, https://b.example]').from;
    const answers = [response(cors({ origin: known({ kind: 'fixed', text: 'https://a.example,https://b.example' }, at), ...TRUE }))];
    expect(found(rules, mocked(usual({ origin: { ...two, from: at }, ...TRUE }), endpoint('GET', {}, answers)))).toEqual([
      'error: the preflight picks one origin, but API Gateway answers GET /cart with the whole list ("https://a.example,https://b.example"), which equals none of them: browsers refuse every answer. Use a proxy integration and let the code pick, or an HTTP API «origins: [https://a.example, https://b.example]»',
    ]);
  });

  it('reports a gateway response that can name one of them alone', () => {
    const errors = (headers: CorsHeaders) =>
      model([
        api([resource('/cart', [], preflight('mock', usual({ origin: two, ...TRUE })))], {
          gatewayResponses: [gatewayResponse('DEFAULT_4XX', headers)],
        }),
      ]);
    expect(found(rules, errors(cors({ origin: fixed('https://a.example') })))).toEqual([
      'error: the gateway response DEFAULT_4XX always names https://a.example, while preflights admit a list of origins with credentials: pages on the others cannot read these errors. A gateway response cannot choose; serve one origin, or use an HTTP API «https://a.example»',
    ]);
    expect(found(rules, errors(cors({ origin: lit(REFLECT) })))).toEqual([]);
  });

  it.each([
    ['a list without credentials', usual({ origin: two })],
    ['one origin', usual(TRUE)],
    ['one pattern', usual({ origin: echo('https://.+[.]example[.]com'), ...TRUE })],
  ])('is silent on %s', (_, headers) => expect(found(rules, mocked(headers, endpoint('GET')))).toEqual([]));

  it('is silent on HTTP APIs and function URLs, which choose for every answer (H21)', () => {
    for (const target of ['http', 'url'] as const)
      expect(
        found(
          rules,
          model([managed(target, list('https://a.example', 'https://b.example'), usual({ origin: two, ...TRUE }), [endpoint('GET')])]),
        ),
      ).toEqual([]);
  });

  it('is only possible where credentials are not known', () =>
    expect(messagesOf(rules, mocked(usual({ origin: two, credentials: unknown('${env:COOKIES}') }), endpoint('GET')))).toEqual([
      'handler?',
    ]));
});

describe('multiple-origins-in-header', () => {
  it.each([
    'https://a.example,https://b.example',
    'https://a.example https://b.example',
    '["https://a.example"]',
    "https://a.example, '*'",
  ])('reports %s', (text) =>
    expect(found(rules, mocked(usual({ origin: fixed(text) }), endpoint('GET')))).toEqual([
      `error: browsers take "${text}" for one origin, which no page has: Access-Control-Allow-Origin holds a single one. Send the caller's from code that knows the list, or use an HTTP API, which does so itself «${text}»`,
    ]),
  );

  it('reports it on answers and gateway responses, and in one entry of a list', () => {
    const headers = () => cors({ origin: fixed('https://a.example, https://b.example') });
    expect(
      messagesOf(
        rules,
        model([
          api([resource('/cart', [endpoint('GET', {}, [response(headers())])])], {
            gatewayResponses: [gatewayResponse('DEFAULT_5XX', headers())],
          }),
        ]),
      ),
    ).toEqual(['header', 'header']);
    expect(found(rules, model([managed('http', list('https://a.example,https://b.example'), usual())]))).toEqual([
      'error: "https://a.example,https://b.example" is one entry of the allowed origins, and no page has such an origin. Write one entry for each «https://a.example,https://b.example»',
    ]);
  });

  it.each([
    ['one origin', fixed('https://a.example')],
    ['blanks around it, which browsers take off', fixed(' https://a.example ')],
    ['an IPv6 address', fixed('http://[::1]:3000')],
    ['an echo', echo('https://a.example', 'https://b.example')],
    ['a value that is not known', unknown('${env:ORIGIN}', ['https://a.example,', null])],
  ])('is silent on %s', (_, origin) => expect(found(rules, mocked(usual({ origin }), endpoint('GET')))).toEqual([]));
});
