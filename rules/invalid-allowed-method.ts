import { methodFault } from '../src/browser/methods.ts';
import type { Api, Model, Resource } from '../src/model/api.ts';
import { arms } from '../src/model/asking.ts';
import { entriesIn, isWrongShape } from '../src/model/lists.ts';
import { keptOut } from '../src/model/methods.ts';
import { listed, shown } from '../src/model/names.ts';
import { endpointsOf } from '../src/model/queries.ts';
import { isSeen } from '../src/model/preflights.ts';
import { defineRule } from '../src/rule.ts';
import { nearest } from '../src/value/nearest.ts';
import { isFilledIn, type List, type Value } from '../src/value/value.ts';
import { all, always, not, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'invalid-allowed-method',
    summary: 'An allowed method is none that a browser sends, or that the service takes.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
Browsers compare the allowed methods letter by letter with \`PUT\`, \`PATCH\` or \`DELETE\`: \`put\` allows nothing. \`ANY\` is API Gateway's
word for all methods and no method itself. A function URL does not even deploy with \`OPTIONS\`, which it answers by itself.
`,
    remedy: `
Write the methods in upper case, as the pages send them: \`GET, PUT, DELETE\`; or \`*\`, where no credentials are allowed.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-lambda-url-cors.html',
    ],
  },
  messages: {
    'kept-out': {
      severity: 'error',
      harm: 'broken',
      text: 'browsers refuse {methods} calls: `{entry}` does not allow them, since methods are compared letter by letter. Write {methods}',
    },
    token: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers refuse the whole preflight: `{entry}` in Access-Control-Allow-Methods is not the name of a method, and one wrong name spoils the list. Put commas between the methods, and nothing else',
    },
    idle: {
      severity: 'note',
      harm: 'untidy',
      text: '`{entry}` allows no method of this API: methods are compared letter by letter, upper case and all. {way}',
    },
    deploy: {
      severity: 'error',
      harm: 'broken',
      text: 'the deploy fails: a function URL does not take `{entry}` as an allowed method, only GET, HEAD, POST, PUT, PATCH, DELETE and *. Take it out; preflights are answered without it',
    },
    many: {
      severity: 'error',
      harm: 'broken',
      text: 'the deploy fails: a function URL takes six allowed methods at most, and here are {count}. Write * for all of them',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws, httpApi: { cors: { allowedOrigins: [https://shop.example.com], allowedMethods: [get, put] } } }
functions:
  cart: { handler: cart.handler, events: [{ httpApi: PUT /cart }] }
`,
      },
    ],
    good: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws, httpApi: { cors: { allowedOrigins: ['*'], allowedMethods: [PUT] } } }
functions: { cart: { handler: cart.handler, events: [{ httpApi: PUT /cart }] } }
`,
      },
    ],
  },
  check: {
    *api(api, { model }) {
      const { managed, target } = api;
      const endpoints = endpointsOf(api).map(([one]) => one);
      if (managed) yield* judged({ methods: managed.headers.methods, exists: managed.exists, endpoints, target, model });
      for (const { preflight, endpoints: here } of api.resources)
        yield* judged({ methods: preflight.headers.methods, exists: isSeen(preflight), endpoints: here, target: 'rest', model });
    },
  },
});

type Within = Pick<Api, 'target'> & Pick<Resource, 'endpoints'> & { methods: List<string>; exists: Verdict; model: Model };

function* judged({ methods, exists, endpoints, target, model }: Within) {
  // Where the framework's own schema refuses the list, `invalid-cors-shape` says so.
  const stands = all(exists, not(isWrongShape(model, methods.from, ['methods', 'allowedMethods'])));
  for (const [entry, isSo] of entriesIn(methods)) {
    const [verdict, at, data] = [all(stands, isSo), entry.from, { entry: shown(entry) }];
    // So many entries, of so many letters each, does the API of Lambda take (U1, U2).
    const refused = target === 'url' && entry.value.length > MOST;
    const fault = isFilledIn(at) ? undefined : methodFault(entry.value, nearest);
    if (refused) yield { verdict, messageId: 'deploy' as const, data, at };
    else if (fault?.kind === 'token')
      // What an HTTP API makes of such an entry is not documented.
      yield { verdict: target === 'rest' ? verdict : all(verdict, always('maybe', entry)), messageId: 'token' as const, data, at };
    else if (fault) {
      const { names, isSo: needed } = keptOut(fault.meant, methods, endpoints);
      yield { verdict: all(verdict, needed), messageId: 'kept-out' as const, data: { ...data, methods: listed(names) }, at };
      yield { verdict: all(verdict, not(needed)), messageId: 'idle' as const, data: { ...data, way: fault.way }, at };
    }
  }
  if (target !== 'url') return;
  for (const [list, isSo] of arms(methods, (entries) => entries.filter(isThere).length > MOST))
    yield { verdict: all(stands, isSo), messageId: 'many' as const, data: { count: list.value.filter(isThere).length }, at: list.from };
}

const MOST = 6;
const isThere = (one: Value<string | undefined>): boolean => one.kind === 'unknown' || (one.kind === 'known' && one.value !== undefined);
