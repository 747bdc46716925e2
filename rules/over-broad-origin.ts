import { isPublicSuffix, loadSuffixes } from '../src/browser/suffixes.ts';
import type { Model } from '../src/model/api.ts';
import { entriesIn } from '../src/model/lists.ts';
import { shown } from '../src/model/names.ts';
import { originsOf } from '../src/model/origins.ts';
import { defineRule } from '../src/rule.ts';
import type { Known } from '../src/value/value.ts';
import { all, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'over-broad-origin',
    summary: 'A wildcard lets in hosts that anyone can register.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
\`https://*.github.io\` or \`https://*.vercel.app\` is not your site but everybody's: a stranger opens an account there and has an origin that your API
lets in, with credentials if they are allowed. The same goes for \`https://*.com\` and for a \`*\` that is not followed by a dot.
`,
    remedy: `
Name the hosts that are yours, or use a domain of your own: \`https://*.example.com\`.
`,
    references: ['https://publicsuffix.org/', 'https://fetch.spec.whatwg.org/#http-access-control-allow-origin'],
  },
  messages: {
    shared: {
      severity: 'warning',
      harm: 'exposed',
      text: 'anyone can have a host below `{suffix}`, and "{origin}" lets all of them in. Name the hosts that are yours',
    },
    'no-dot': {
      severity: 'warning',
      harm: 'exposed',
      text: '"{origin}" lets in every host that ends like this, "{stranger}" too, which anyone can register. Put a dot behind the "*"',
    },
  },
  options: {
    hosts: {
      type: 'strings',
      description: 'More hosts below which strangers can have a name.',
      default: [],
    },
  },
  examples: {
    bad: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws }
functions:
  cart: { handler: cart.handler, events: [{ http: { path: cart, method: get, cors: { origins: ['https://*.github.io', 'https://shop.example.com'] } } }] }
`,
      },
    ],
    good: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws }
functions:
  cart: { handler: cart.handler, events: [{ http: { path: cart, method: get, cors: { origins: ['https://*.example.com', 'https://shop.github.io'] } } }] }
`,
      },
    ],
  },
  // The list is long, and hardly any API has a wildcard.
  prepare: (model) => ([...wildcards(model)].length > 0 ? loadSuffixes() : undefined),
  check: {
    *model(model, { hosts }) {
      for (const [origin, isSo] of wildcards(model)) {
        const [, dot = '', host = ''] = WILD.exec(origin.value) ?? [];
        const [at, data] = [origin.from, { origin: shown(origin) }];
        const isShared = isPublicSuffix(host) || hosts.includes(host.toLowerCase());
        if (dot === '') yield { verdict: isSo, messageId: 'no-dot', data: { ...data, stranger: `https://evil${host}` }, at };
        else if (isShared) yield { verdict: isSo, messageId: 'shared', data: { ...data, suffix: host }, at };
      }
    },
  },
});

/** 'https://*.example.com': what follows the wildcard, without a port. */
const WILD = /^(?:https?:\/\/)?\*(\.?)([\w-]+(?:\.[\w-]+)*)(?::(?:\d+|\*))?$/;
const isWild = (text: string): boolean => WILD.test(text);

/** Every allowed origin with a wildcard in it, wherever such a one is taken. */
function* wildcards({ apis, buckets = [], distributions = [] }: Model): Iterable<readonly [Known<string>, Verdict]> {
  for (const api of apis)
    for (const { text, isSo, place } of originsOf(api)) if (place !== 'header' && isWild(text.value)) yield [text, all(api.exists, isSo)];
  for (const { exists, rules } of buckets)
    for (const rule of rules) for (const [origin, isSo] of entriesIn(rule.origins, isWild)) yield [origin, all(exists, rule.exists, isSo)];
  for (const { exists, behaviors } of distributions)
    for (const { cors } of behaviors)
      for (const [origin, isSo] of cors ? entriesIn(cors.origins, isWild) : []) yield [origin, all(exists, cors?.exists ?? exists, isSo)];
}
