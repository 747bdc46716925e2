import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../src/frontends/frontend.ts';
import { serverless } from '../../../src/frontends/serverless/index.ts';
import { positionAt } from '../../../src/source/lines.ts';
import { context, document } from '../../support/documents.ts';

const lift = (text: string, settings: Partial<Settings> = {}) => serverless.lift(document(text), context(settings));

/** A service whose function has these events, each on a line of its own from line 8. */
const events = (...lines: readonly string[]): string =>
  `service: s\nprovider:\n  name: aws\nfunctions:\n  f:\n    handler: h.f\n    events:\n${lines.map((line) => `      - ${line}\n`).join('')}`;

const overridden = (...lines: readonly string[]): string[] =>
  lift(events(...lines)).ignored.flatMap((one) =>
    one.kind === 'overridden'
      ? [
          `${positionAt(one.at.file, one.at.start).line}: ${one.path} ${one.name} ${one.written}, not ${one.winning} of ${positionAt(one.winner.file, one.winner.start).line}`,
        ]
      : [],
  );

// The merge itself is held by the oracle pairs merge-003 to merge-024; here is what is told of it.
describe('settings of one path that another event outweighs', () => {
  it('the last single origin wins', () => {
    expect(
      overridden(
        "http: { path: a, method: get, cors: { origin: 'https://x' } }",
        "http: { path: a, method: post, cors: { origin: 'https://y' } }",
      ),
    ).toEqual(['8: /a origin https://x, not https://y of 9']);
    expect(
      overridden(
        "http: { path: a, method: get, cors: { origin: 'https://x' } }",
        "http: { path: a/, method: post, cors: { origin: 'https://x' } }",
      ),
    ).toEqual([]);
  });
  it('`cors: true` says "*"', () => {
    expect(
      overridden("http: { path: a, method: get, cors: { origin: 'https://x' } }", 'http: { path: a, method: post, cors: true }'),
    ).toEqual(['8: /a origin https://x, not * of 9']);
  });
  it('a list beats single origins wherever it stands, and a comma in the last origin beats the list', () => {
    expect(
      overridden(
        "http: { path: a, method: get, cors: { origins: ['https://x'] } }",
        "http: { path: a, method: post, cors: { origin: 'https://y' } }",
      ),
    ).toEqual(['9: /a origin https://y, not https://x of 8']);
    expect(
      overridden(
        "http: { path: a, method: get, cors: { origins: ['https://x'] } }",
        "http: { path: a, method: post, cors: { origin: 'https://y,https://z' } }",
      ),
    ).toEqual(['8: /a origins https://x, not https://y,https://z of 9']);
  });
  it('two lists are united, so neither is outweighed', () => {
    expect(
      overridden(
        "http: { path: a, method: get, cors: { origins: ['https://x'] } }",
        "http: { path: a, method: post, cors: { origins: ['https://y'] } }",
      ),
    ).toEqual([]);
  });
  it('credentials of one are credentials of all', () => {
    expect(
      overridden(
        "http: { path: a, method: get, cors: { origin: 'https://x', allowCredentials: true } }",
        "http: { path: a, method: post, cors: { origin: 'https://x' } }",
      ),
    ).toEqual(['9: /a allowCredentials not set, not true of 8']);
  });
  it('what is not known outweighs nothing, and other paths are no concern', () => {
    expect(
      overridden(
        "http: { path: a, method: get, cors: { origin: '${ssm:/o}' } }",
        "http: { path: a, method: post, cors: { origin: 'https://y' } }",
      ),
    ).toEqual([]);
    expect(
      overridden(
        "http: { path: a, method: get, cors: { origin: 'https://x' } }",
        "http: { path: b, method: post, cors: { origin: 'https://y' } }",
      ),
    ).toEqual([]);
  });
});

const inert = (text: string): number[] =>
  lift(text).ignored.flatMap((one) => (one.kind === 'inert' ? [positionAt(one.at.file, one.at.start).line] : []));

describe('cors that has no effect', () => {
  it('beside an OPTIONS event of the same path (merge-016, merge-018)', () => {
    expect(inert(events('http: { path: a, method: get, cors: true }', 'http: { path: a, method: options }'))).toEqual([8]);
    expect(inert(events('http: { path: a, method: get, cors: true }', 'http: { path: b, method: options }'))).toEqual([]);
  });
  it('provider.httpApi.cors without an httpApi event (httpapi-041)', () => {
    const text = (event: string): string =>
      `service: s\nprovider:\n  name: aws\n  httpApi:\n    cors: true\nfunctions:\n  f: { handler: h.f, events: [{ ${event} }] }\n`;
    expect(inert(text("http: 'GET /a'"))).toEqual([5]);
    expect(inert(text("httpApi: 'GET /a'"))).toEqual([]);
    expect(inert(text('sqs: arn'))).toEqual([]);
  });
});

describe('API ids', () => {
  const mentions = (value: string): (string | undefined)[][] =>
    lift(`service: s\nprovider:\n  name: aws\n  environment: { A: '${value}' }\nfunctions: {}\n`).mentions.map(
      ({ form, apiId, account, place }) => [form, apiId, account, place],
    );
  it.each([
    ['https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod', [['url', 'a1b2c3d4e5', undefined, '`provider.environment`']]],
    ['arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*', [['arn', 'a1b2c3d4e5', '123456789012', '`provider.environment`']]],
    ['arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:a1b2c3d4e5/*', [['arn', 'a1b2c3d4e5', undefined, '`provider.environment`']]],
    ['https://${ApiGatewayRestApi}.execute-api.eu-west-1.amazonaws.com', []],
    ['https://example.com/a1b2c3d4e5', []],
  ])('%s', (value, want) => expect(mentions(value)).toEqual(want));
  it('in Fn::Join, and never out of the environment', () => {
    const joined =
      "service: s\nprovider: { name: aws }\nfunctions: {}\nresources: { Outputs: { U: { Value: { Fn::Join: ['', ['https://a1b2c3d4e5.execute-api.', { Ref: AWS::Region }, '.amazonaws.com']] } } } }\n";
    expect(lift(joined).mentions).toMatchObject([{ apiId: 'a1b2c3d4e5', place: 'an output' }]);
    expect(
      lift('service: s\nprovider: { name: aws, environment: { A: "${env:U}" } }\nfunctions: {}\n', {
        env: { U: 'https://a1b2c3d4e5.execute-api.x' },
      }).mentions,
    ).toEqual([]);
  });
});

it('the stage is known, or a choice of those that the file knows', () => {
  expect(lift('service: s\nprovider: { name: aws, stage: live }\nfunctions: {}\n').stage).toMatchObject({
    kind: 'choice',
    on: { labels: ['live'] },
  });
  expect(lift('service: s\nprovider: { name: aws }\nparams: { dev: {}, prod: {} }\nfunctions: {}\n').stage).toMatchObject({
    kind: 'choice',
    on: { labels: ['dev', 'prod'] },
  });
});
