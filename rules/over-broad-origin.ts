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
    stranger: {
      severity: 'warning',
      harm: 'exposed',
      text: '"{origin}" lets in "{stranger}" too, and anyone can register such a host. {way}',
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
        const { before, after, port } = partsOf(origin.value);
        const [at, data] = [origin.from, { origin: shown(origin) }];
        const isShared = (host: string): boolean => isPublicSuffix(host) || hosts.includes(host.toLowerCase());
        // 'https://*-dev.example.com': what begins below a domain that somebody owns is theirs.
        const [, label = '', below = ''] = /^([\w-]*)\.(.*)$/.exec(after) ?? [];
        const way = after === '' ? 'Write its end out' : /^\w/.test(label) ? 'Put a dot behind the "*"' : 'Name the hosts that are yours';
        const stranger = (after === '' ? `${before.replace(/\.$/, '')}.evil.com` : `${before}evil${after}`) + port;
        if (after !== '' && !isShared(below)) continue;
        if (after !== '' && label === '' && before.endsWith('//'))
          yield { verdict: isSo, messageId: 'shared', data: { ...data, suffix: below }, at };
        else yield { verdict: isSo, messageId: 'stranger', data: { ...data, way, stranger }, at };
      }
    },
  },
});

/** 'https://*.example.com', 'https://app.example.*', 'https://pr-*.example.com:3000': what stands around the wildcard. */
const WILD = /^(?<scheme>https?:\/\/)?(?<start>[\w.-]*)\*(?<after>[\w.-]*)(?<port>:(?:\d+|\*))?$/;
const isWild = (text: string): boolean => WILD.test(text) && !/^(?:https?:\/\/)?\*$/.test(text);

function partsOf(text: string): { readonly before: string; readonly after: string; readonly port: string } {
  const { scheme = 'https://', start = '', after = '', port = '' } = WILD.exec(text)?.groups ?? {};
  return { before: `${scheme}${start}`, after, port: port.replace(':*', '') };
}

/** Every allowed origin with a wildcard in it, wherever such a one is taken. */
function* wildcards({ apis, buckets = [], distributions = [] }: Model): Iterable<readonly [Known<string>, Verdict]> {
  for (const api of apis)
    for (const { text, isSo, place } of originsOf(api)) if (place === 'pattern' && isWild(text.value)) yield [text, all(api.exists, isSo)];
  for (const { exists, rules } of buckets)
    for (const rule of rules) for (const [origin, isSo] of entriesIn(rule.origins, isWild)) yield [origin, all(exists, rule.exists, isSo)];
  for (const { exists, behaviors } of distributions)
    for (const { cors } of behaviors)
      for (const [origin, isSo] of cors ? entriesIn(cors.origins, isWild) : []) yield [origin, all(exists, cors?.exists ?? exists, isSo)];
}
