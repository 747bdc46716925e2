import { describe, expect, it } from 'vitest';
import corsOnNonHttpEvent from '../../rules/cors-on-non-http-event.ts';
import internalError from '../../rules/internal-error.ts';
import invalidCorsShape from '../../rules/invalid-cors-shape.ts';
import unknownCorsProperty from '../../rules/unknown-cors-property.ts';
import unquotedLiteral from '../../rules/unquoted-literal.ts';
import unreadableFile from '../../rules/unreadable-file.ts';
import unresolvedReference from '../../rules/unresolved-reference.ts';
import type { Mapping } from '../../src/model/api.ts';
import type { Ignored, Problem, Unresolved } from '../../src/model/written.ts';
import type { Value } from '../../src/value/value.ts';
import { always, YES } from '../../src/value/verdict.ts';
import { found, messagesOf } from '../support/findings.ts';
import {
  api,
  choice,
  cors,
  endpoint,
  filledIn,
  gatewayResponse,
  lit,
  mapping,
  model,
  place,
  preflight,
  resource,
  response,
  STAGE,
  unknown,
  when,
} from '../support/model.ts';

const rules = [
  corsOnNonHttpEvent,
  internalError,
  invalidCorsShape,
  unknownCorsProperty,
  unquotedLiteral,
  unreadableFile,
  unresolvedReference,
];
const problems = (...given: readonly Problem[]) => found(rules, model([], { problems: given }));
const ignored = (...given: readonly Ignored[]) => found(rules, model([], { ignored: given }));

describe('unquoted-literal', () => {
  const mapped = (raw: Value<string>, given: Partial<Mapping> = {}, header = 'Access-Control-Allow-Origin') =>
    model([api([], { gatewayResponses: [gatewayResponse('DEFAULT_4XX', cors(), { mappings: [mapping(header, raw, given)] })] })]);
  const ids = (...given: Parameters<typeof mapped>): string[] => messagesOf(rules, mapped(...given));
  const inIntegration = { place: 'integration-response' } as const;

  it.each([
    ['*', '*'],
    ['"*"', '*'],
    ['GET, HEAD, POST', 'GET, HEAD, POST'],
    ["'*", '*'],
    ["'", ''],
    ['600', '600'],
    ['true', 'true'],
  ])('reports %s (R12, R34)', (text, quoted) =>
    expect(found(rules, mapped(lit(text)))).toEqual([
      `error: the deploy fails with "Invalid mapping expression specified": \`${text}\` for Access-Control-Allow-Origin lacks the single quotes of a literal. Write "'${quoted}'" «${text}»`,
    ]),
  );

  it.each(["'*'", "''", "'https://a.example'", 'context.requestId', 'stageVariables.origin'])('accepts %s everywhere', (text) =>
    expect([...ids(lit(text)), ...ids(lit(text), inIntegration)]).toEqual([]),
  );

  it('knows what each place can read (R13, R34)', () => {
    expect(found(rules, mapped(lit('method.request.header.origin'), inIntegration))).toEqual([
      'error: the deploy fails with "Invalid mapping expression specified": an integration response cannot read `method.request.header.origin` for Access-Control-Allow-Origin. It takes a \'literal\', `integration.response.header.…`, `stageVariables.…` or `context.…` «method.request.header.origin»',
    ]);
    expect(ids(lit('integration.response.body.origin'))).toEqual(['expression']);
    expect(ids(lit('$context.requestId'))).toEqual(['expression']);
    for (const text of ['method.request.header.origin', 'method.request.querystring.o', 'method.request.path.o'])
      expect(ids(lit(text))).toEqual([]);
    for (const text of [
      'integration.response.header.X-Origin',
      'integration.response.multivalueheader.X',
      'integration.response.body',
      'integration.response.body.a.b',
    ])
      expect(ids(lit(text), inIntegration)).toEqual([]);
  });

  it('is silent on what a framework wrote, and on a bare true or false for credentials (integ-013)', () => {
    expect(ids(filledIn('*', 'cors: true'))).toEqual([]);
    for (const text of ['true', 'false']) expect(ids(lit(text), {}, 'Access-Control-Allow-Credentials')).toEqual([]);
    expect(ids(lit('True'), {}, 'Access-Control-Allow-Credentials')).toEqual(['literal']);
  });

  it.each<[string, readonly (string | null)[], readonly string[]]>([
    ["'https://${Domain}'", ["'https://", null, "'"], []],
    ['https://${Domain}', ['https://', null], ['literal']],
    ["'https://${Domain}", ["'https://", null, '.example'], ['literal']],
    ["'https://${Domain}", ["'https://", null], ['literal?']],
    ['${Origin}', [null], ['literal?']],
    ['stageVariables.${Name}', ['stageVariables.', null], ['expression?']],
  ])('judges %s by its pieces', (text, pieces, expected) => expect(ids(unknown(text, pieces))).toEqual(expected));

  it('is only possible where nothing of the value is known', () => expect(ids(unknown('!Ref Origin'))).toEqual(['literal?']));

  it('looks at every mapping of an API, and says one value once', () => {
    const raw = lit('*');
    const answers = [response(cors(), { mappings: [mapping('Vary', raw, inIntegration)] })];
    const resources = ['/a', '/b'].map((path) =>
      resource(path, [endpoint('GET', {}, answers)], preflight('mock', cors(), { mappings: [mapping('Vary', raw, inIntegration)] })),
    );
    expect(found(rules, model([api(resources)]))).toHaveLength(1);
  });

  it('says in which stage', () =>
    expect(found(rules, mapped(choice(STAGE, lit('*', 'in dev'), lit("'*'"))))).toEqual([
      expect.stringMatching(/^error when stage = dev: .* «in dev»$/),
    ]));
});

describe('invalid-cors-shape', () => {
  it('says what is taken, and what comes of it', () =>
    expect(
      problems({
        kind: 'wrong-shape',
        at: place('no'),
        exists: YES,
        name: 'cors',
        written: 'the text "no"',
        wanted: 'true, false or a map',
        effect: 'The framework turns CORS on and sends "*".',
      }),
    ).toEqual([
      'error: `cors` is the text "no" here, but this place takes true, false or a map. The framework turns CORS on and sends "*". «no»',
    ]));
  it('holds in the stages where it is written', () =>
    expect(
      problems({
        kind: 'wrong-shape',
        at: place('no'),
        exists: when(STAGE, 'dev'),
        name: 'cors',
        written: 'a list',
        wanted: 'a map',
        effect: 'It fails.',
      }),
    ).toEqual([expect.stringMatching(/^error when stage = dev/)]));
});

describe('unknown-cors-property', () => {
  const property = (given: object): Ignored => ({
    kind: 'property',
    at: place('key'),
    exists: YES,
    name: 'allowCredential',
    place: '`cors` of an `http` event',
    effect: 'The framework ignores it.',
    ...given,
  });

  it('names the key that was meant', () =>
    expect(ignored(property({ meant: 'allowCredentials' }))).toEqual([
      'error: nothing reads `allowCredential` under `cors` of an `http` event. Did you mean `allowCredentials`? The framework ignores it. «key»',
    ]));
  it('or where it belongs', () =>
    expect(ignored(property({ name: 'cors', place: '`provider`', belongs: '`cors` of each `http` event' }))).toEqual([
      'error: nothing reads `cors` under `provider`. Its place is `cors` of each `http` event. The framework ignores it. «key»',
    ]));
  it('or neither', () =>
    expect(ignored(property({}))).toEqual([
      'error: nothing reads `allowCredential` under `cors` of an `http` event. The framework ignores it. «key»',
    ]));
  it('is possible where the key may not be there', () =>
    expect(ignored(property({ exists: always('maybe') }))).toEqual([expect.stringMatching(/^possible error/)]));
});

it.each([
  [
    'sqs',
    'warning: `cors` does nothing on the event `sqs`: no browser calls it. Remove it, or set it on the `http` event that pages call «cors»',
  ],
  [
    'websocket',
    'warning: `cors` does nothing on a `websocket` event: browsers open sockets to any site. Remove it, and check `Origin` in the `$connect` function «cors»',
  ],
  [
    'alb',
    'warning: `cors` does nothing on an `alb` event: a load balancer has no such setting. Let the function answer OPTIONS and send the CORS headers itself «cors»',
  ],
])('cors-on-non-http-event: %s', (event, expected) =>
  expect(ignored({ kind: 'cors-on-event', at: place('cors'), exists: YES, event })).toEqual([expected]),
);

describe('unreadable-file', () => {
  it('reports what cannot be read, and what only reads oddly', () => {
    const text = 'the key `cors` is here twice';
    expect(problems({ kind: 'unreadable', at: place('cors'), exists: YES, text, fatal: true })).toEqual([
      'error: this cannot be read: the key `cors` is here twice. The rest of the file was checked as far as possible «cors»',
    ]);
    expect(problems({ kind: 'unreadable', at: place('cors'), exists: YES, text, fatal: false })).toEqual([
      'warning: the key `cors` is here twice. It deploys, but perhaps not as it looks «cors»',
    ]);
  });
  it('reports what the tool refuses, in the front end’s words, and how many tools do', () => {
    const text = 'Two functions have the route GET /a, and the framework stops.';
    expect(problems({ kind: 'refused', at: place('two'), exists: YES, text, fatal: true })).toEqual([`error: ${text} «two»`]);
    expect(problems({ kind: 'refused', at: place('two'), exists: YES, text, fatal: false })).toEqual([`warning: ${text} «two»`]);
  });
});

describe('unresolved-reference', () => {
  const reference = (missing: Unresolved['missing'], exists = YES): Problem => ({
    kind: 'unresolved',
    at: place('${it}'),
    exists,
    written: '${it}',
    missing,
    text: 'there is no `it`',
  });

  it.each([
    ['value', 'error: `${it}` has no value, so the deploy stops: there is no `it`. Correct the name or add a fallback «${it}»'],
    ['resource', 'error: `${it}` leads to nothing, so the deploy stops: there is no `it`. Correct the name «${it}»'],
    ['cycle', 'error: `${it}` comes back to itself, so the deploy stops: there is no `it`. Break the circle «${it}»'],
    ['file', 'warning: `${it}` cannot be read: there is no `it`. If a build makes the file, build before you deploy «${it}»'],
  ] as const)('of a %s', (missing, expected) => expect(problems(reference(missing))).toEqual([expected]));

  it('is silent on a value that some stage has', () => {
    expect(problems(reference('value', when(STAGE, 'dev')))).toEqual([]);
    expect(problems(reference('value', when(STAGE, 'dev', 'prod')))).toHaveLength(1);
    expect(problems(reference('resource', when(STAGE, 'dev')))).toEqual([expect.stringMatching(/^error when stage = dev/)]);
  });
});
