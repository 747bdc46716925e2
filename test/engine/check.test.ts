import { describe, expect, it } from 'vitest';
import { activate } from '../../src/engine/active.ts';
import { check } from '../../src/engine/check.ts';
import type { Model } from '../../src/model/api.ts';
import { atLeastMaybe } from '../../src/model/asking.ts';
import type { Rule, Suspicion } from '../../src/rule.ts';
import { known, refusing, siteOf, show, type Value } from '../../src/value/value.ts';
import { all, always, describe as inWords, is, test, YES, type Verdict } from '../../src/value/verdict.ts';
import { found } from '../support/findings.ts';
import * as make from '../support/model.ts';
import { lit, literal, place, STAGE, textAt, when } from '../support/model.ts';
import { get, one, onMethods, rule, suspicion } from '../support/rules.ts';

describe('what is looked at', () => {
  const response = make.response(make.cors(), { mappings: [make.mapping('Vary', lit("'Origin'"))] });
  const everything = make.model(
    [
      make.api(
        [
          make.resource(
            '/orders',
            [make.endpoint('POST', {}, [response])],
            make.preflight('mock', make.cors(), { mappings: [make.mapping('Age', lit("'1'"))] }),
          ),
        ],
        {
          name: 'Shop',
          gatewayResponses: [make.gatewayResponse('DEFAULT_4XX', make.cors(), { mappings: [make.mapping('Via', lit("'x'"))] })],
        },
      ),
    ],
    {
      deployments: [{ at: place('Deployment'), exists: YES, name: 'Live', api: 'Shop', waitsFor: [], generated: false }],
      ignored: [{ kind: 'cors-on-event', at: place('sqs cors'), exists: YES, event: 'sqs' }],
      problems: [{ kind: 'refused', fatal: true, at: place('bad'), exists: YES, text: 'No.' }],
    },
  );
  const heard: Rule['check'] = {
    *model(model) {
      yield suspicion(model.apis[0]?.at ?? place('?'), YES, { data: { hook: 'model' } });
    },
    *api({ at }) {
      yield suspicion(at, YES, { data: { hook: 'api' } });
    },
    *resource({ at }) {
      yield suspicion(at, YES, { data: { hook: 'resource' } });
    },
    *preflight({ at }) {
      yield suspicion(at, YES, { data: { hook: 'preflight' } });
    },
    *endpoint({ at }) {
      yield suspicion(at, YES, { data: { hook: 'endpoint' } });
    },
    *gatewayResponse({ at }) {
      yield suspicion(at, YES, { data: { hook: 'gatewayResponse' } });
    },
    *mapping({ key }, { owner, resource }) {
      yield suspicion(key, YES, { data: { hook: 'mapping', owner, path: resource ? show(resource.path) : 'none' } });
    },
    *deployment({ at }) {
      yield suspicion(at, YES, { data: { hook: 'deployment' } });
    },
    *ignored({ at }) {
      yield suspicion(at, YES, { data: { hook: 'ignored' } });
    },
    *problem({ at }) {
      yield suspicion(at, YES, { data: { hook: 'problem' } });
    },
  };

  it('is every thing of the model, each with what it is about', () => {
    const { findings } = check(activate([rule('ears', '{hook}', heard)], 'recommended'), everything);
    const heardOf = findings.map(({ data, subjects, api }) =>
      [Object.values(data).join(' '), subjects.join(), api].filter(Boolean).join(' | '),
    );
    expect(heardOf.toSorted()).toEqual([
      'api | Shop | Shop',
      'deployment | Live',
      'endpoint | POST /orders | Shop',
      'gatewayResponse | DEFAULT_4XX | Shop',
      'ignored',
      'mapping DEFAULT_4XX none | DEFAULT_4XX | Shop',
      'mapping OPTIONS /orders /orders | OPTIONS /orders | Shop',
      // The same response stands for success and error: it is one.
      'mapping POST /orders /orders | POST /orders | Shop',
      'model',
      'preflight | /orders | Shop',
      'problem',
      'resource | /orders | Shop',
    ]);
  });

  it('is suspected only where it exists', () => {
    const model = one([
      [make.resource('/a', [get({ exists: when(STAGE, 'prod') }), get({ exists: when(STAGE) }), get({ exists: always('maybe') })])],
    ]);
    expect(found(onMethods('r', 'GET'), model)).toEqual([
      'error when stage = prod: the method of GET /a «GET»',
      'possible error: the method of GET /a «GET»',
    ]);
  });

  it('is suspected only where its API exists', () => {
    const model = one([[make.resource('/a', [get()])], { exists: when(STAGE, 'dev') }]);
    expect(found(onMethods('r', 'GET'), model)).toEqual(['error when stage = dev: the method of GET /a «GET»']);
  });
});

describe('worlds', () => {
  const model = (method: Value<string>): Model => one([[make.resource('/a', [make.endpoint(method)])]]);
  const [dev, prod] = [lit('GET', 'in dev'), lit('PUT', 'in prod')];

  it('is said only where it does not always hold', () => {
    expect(found(onMethods('r', 'GET', 'got it'), model(dev))).toEqual(['error: got it «in dev»']);
    expect(found(onMethods('r', 'GET', 'got it'), model(make.choice(STAGE, dev, prod)))).toEqual([
      'error when stage = dev: got it «${stage}»',
    ]);
    expect(found(onMethods('r', 'GET', 'got it'), model(make.choice(STAGE, dev, dev)))).toEqual(['error: got it «${stage}»']);
  });

  it('of certainty are told, and those that are merely possible not', () => {
    expect(found(onMethods('r', 'GET', 'got it'), model(make.choice(STAGE, dev, make.unknown('METHOD'))))).toEqual([
      'error when stage = dev: got it «${stage}»',
    ]);
    expect(found(onMethods('r', 'GET', 'got it'), model(make.choice(STAGE, prod, make.unknown('METHOD'))))).toEqual([
      'possible error when stage = prod: got it «${stage}»',
    ]);
  });

  it('of one fault are united', () => {
    const at = literal('shared');
    const here = (...labels: string[]) => get({ method: known('GET', at), exists: when(STAGE, ...labels) });
    const worlds = (...endpoints: Parameters<typeof make.resource>[1]): string[] =>
      found(onMethods('r', 'GET', 'got it'), one([[make.resource('/a', endpoints)]]));
    expect(worlds(here('dev'), here('dev'))).toEqual(['error when stage = dev: got it «shared»']);
    expect(worlds(here('dev'), here('prod'))).toEqual(['error: got it «shared»']);
    expect(worlds(here('dev'), get({ method: known('GET', at) }))).toEqual(['error: got it «shared»']);
  });

  it('of two questions are united where one covers the other', () => {
    const [debug, at] = [make.question('IsDebug', 'true', 'false'), literal('shared')];
    const open = (key: typeof STAGE, label: string) => ({ [key.key]: { on: key, labels: [label] } });
    const verdicts: Verdict[] = [
      [
        { when: { ...open(STAGE, 'dev'), ...open(debug, 'true') }, truth: 'yes', because: [] },
        { when: open(debug, 'false'), truth: 'no', because: [] },
      ],
      [
        { when: open(STAGE, 'dev'), truth: 'yes', because: [] },
        { when: open(STAGE, 'prod'), truth: 'no', because: [] },
      ],
    ];
    const both = rule('r', 'x', {
      *api() {
        for (const verdict of verdicts) yield suspicion(at, verdict);
      },
    });
    const { findings } = check(activate([both], 'recommended'), one([[]]));
    expect(findings.map((finding) => finding.when.map(inWords))).toEqual([['stage = dev']]);
  });
});

describe('places', () => {
  const relatedOf = (subject: Suspicion): string[] => {
    const { findings } = check(
      activate(
        [
          rule('r', 'x', {
            *api() {
              yield subject;
            },
          }),
        ],
        'recommended',
      ),
      one([[]]),
    );
    return findings.flatMap(({ primary, related }) => [textAt(primary), ...related.map(({ at, text }) => `${textAt(at)}: ${text}`)]);
  };

  it('are where the value is written, with the way there', () => {
    const deep = {
      kind: 'reference',
      at: place('${file(a.yml):cors}'),
      to: make.used('*', "origin: '*'", '${self:custom.cors}').from,
    } as const;
    expect(relatedOf(suspicion(deep))).toEqual([
      "origin: '*'",
      '${file(a.yml):cors}: it is used here',
      '${self:custom.cors}: it is used here',
    ]);
  });

  it('say who filled a value in, and of what it was put together', () => {
    expect(relatedOf(suspicion(make.filledIn('*', 'cors: true').from))).toEqual([
      'cors: true',
      'cors: true: the Serverless Framework fills this in',
    ]);
    const parts = [literal('cors of GET'), make.used('x', 'cors of PUT', '${self:custom.put}').from];
    expect(relatedOf(suspicion({ kind: 'merged', at: place('/orders'), parts }))).toEqual([
      '/orders',
      'cors of GET: part of it comes from here',
      'cors of PUT: part of it comes from here',
    ]);
  });

  it('end at the use of what leads nowhere', () => {
    expect(relatedOf(suspicion({ kind: 'reference', at: place('${ssm:/x}'), to: undefined }))).toEqual(['${ssm:/x}']);
  });

  it('name what is not known, even after many others, and each once', () => {
    const value = make.unknown('${env:ORIGIN}');
    const label = { at: place('credentials'), text: 'allowed here' };
    const many = ['1', '2', '3', '4', '5', '6'].map((text) => ({ at: place(text), text: 'look' }));
    expect(relatedOf(suspicion(value.from, test(value, Boolean), { related: [label, label, ...many] }))).toEqual([
      '${env:ORIGIN}',
      'credentials: allowed here',
      '1: look',
      '2: look',
      '3: look',
      '${env:ORIGIN}: not known before deployment: ${env:ORIGIN} is read at deployment',
    ]);
  });

  it('name nothing unknown where the finding is certain all the same', () => {
    const value = make.unknown('${env:ORIGIN}');
    expect(relatedOf(suspicion(value.from, atLeastMaybe(test(value, Boolean))))).toEqual(['${env:ORIGIN}']);
  });
});

it('does not guess of what the deploy refuses', () => {
  const value = make.unknown('origin: *');
  const refused: Value<string> = { ...value, from: { kind: 'reference', at: value.from.at, to: refusing(value.from) } };
  const made = rule('r', 'it is wrong', {
    *api() {
      yield suspicion(value.from, test(value, Boolean));
      yield suspicion(refused.from, test(refused, Boolean));
      yield suspicion(refused.from, all(test(value, Boolean), test(refused, Boolean)));
    },
  });
  const { findings } = check(activate([made], 'recommended'), one([[]]));
  expect(findings.map(({ certainty }) => certainty)).toEqual(['possible']);
});

it('never shows what came from the environment', () => {
  const origin: Value<string> = { ...known('https://internal.example.com', literal('${env:ORIGIN}')), secret: true };
  const made = rule('r', 'the origin {origin} is refused', {
    *api() {
      yield suspicion(origin.from, is(origin, 'https://internal.example.com'), { data: { origin: show(origin) } });
    },
  });
  const { findings } = check(activate([made], 'recommended'), one([[]]));
  expect(findings.map(({ message }) => message)).toEqual(['the origin ${env:ORIGIN} is refused']);
  expect(JSON.stringify(findings)).not.toContain('internal.example.com');
});

it('looks at a fault through references as at one place', () => {
  const [one_, two] = [make.used('GET', 'method: get', '${self:a}'), make.used('GET', 'method: get', '${self:a}')];
  const same = { ...two, from: { ...two.from, to: one_.from.kind === 'reference' ? one_.from.to : undefined } } as Value<string>;
  expect(siteOf(one_.from)).toEqual(siteOf(same.from));
  const { findings } = check(
    activate([onMethods('r', 'GET')], 'recommended'),
    one([[make.resource('/a', [make.endpoint(one_), make.endpoint(same)])]]),
  );
  expect(findings.map(({ related }) => related.map(({ at }) => textAt(at)))).toEqual([['${self:a}', '${self:a}']]);
});
