import { isCorsResponseHeader, looksLikeResponseHeader, RESPONSE_HEADERS } from '../src/browser/headers.ts';
import { hasStrayQuotes } from '../src/browser/origins.ts';
import { isToken } from '../src/browser/tokens.ts';
import type { Mapping, Target } from '../src/model/api.ts';
import { entriesIn } from '../src/model/lists.ts';
import { shown } from '../src/model/names.ts';
import { isSeen } from '../src/model/preflights.ts';
import { defineRule } from '../src/rule.ts';
import { nearest } from '../src/value/nearest.ts';
import { isFilledIn, type List } from '../src/value/value.ts';
import { all, always, YES, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'invalid-allowed-header',
    summary: 'A header of the CORS settings has a name that no header can have, or a misspelt one.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
A list of headers holds names, with commas between them. A blank or a colon inside a name makes browsers drop the *whole* list, and the
preflight fails. Two names in one entry are one long name to a function URL. And a misspelt \`Acces-Control-Allow-Origin\` is a header like
any other, which no browser looks for.
`,
    remedy: `
Write one name for each entry: \`[Content-Type, Authorization]\`; in a header mapping: \`"'Content-Type,Authorization'"\`.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
      'https://www.rfc-editor.org/rfc/rfc9110#name-tokens',
      'https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html',
    ],
  },
  messages: {
    token: {
      severity: 'error',
      harm: 'broken',
      text: 'browsers refuse the whole preflight: `{entry}` in Access-Control-Allow-Headers is not the name of a header, and one wrong name spoils the list. Put commas between the names, and nothing else',
    },
    never: {
      severity: 'error',
      harm: 'broken',
      text: '`{entry}` allows no header, since none can have that name. Write one name for each entry, without blanks and colons',
    },
    entry: {
      severity: 'error',
      harm: 'broken',
      text: '`{entry}` is one entry, and is taken for one long name that no page sends. Write an entry for each header',
    },
    misspelt: {
      severity: 'error',
      harm: 'broken',
      text: 'no browser looks for the header `{header}`, so what it was to say is missing. Did you mean {meant}?',
    },
    response: {
      severity: 'note',
      harm: 'untidy',
      text: '`{entry}` is a header of the answer, and no page has to send it: it does nothing among the allowed request headers. Remove it, also from the headers of `fetch`',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws }
functions:
  cart:
    handler: cart.handler
    url:
      cors: { allowedOrigins: [https://shop.example.com], allowedHeaders: ['Content-Type, Authorization'] }
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
  cart:
    handler: cart.handler
    url:
      cors: { allowedOrigins: [https://shop.example.com], allowedHeaders: [Content-Type, Authorization] }
`,
      },
    ],
  },
  check: {
    *api({ target, managed, resources }) {
      if (managed && target !== 'websocket') yield* judged(managed.headers.headers, managed.exists, target);
      for (const { preflight } of resources) yield* judged(preflight.headers.headers, isSeen(preflight), 'rest');
    },
    mapping: ({ header, key }) => misspelt(header, key),
    codeHeader: ({ name, at }) => misspelt(name, at),
  },
});

function misspelt(header: string, at: Mapping['key']) {
  const meant = looksLikeResponseHeader(header) ? nearest(header, RESPONSE_HEADERS) : undefined;
  return meant === undefined ? [] : [{ verdict: YES, messageId: 'misspelt' as const, data: { header, meant }, at }];
}

function* judged(list: List<string>, exists: Verdict, target: Target) {
  for (const [entry, isSo] of entriesIn(list, (text) => text !== '' && !hasStrayQuotes(text))) {
    const [verdict, at, data] = [all(exists, isSo), entry.from, { entry: shown(entry) }];
    if (target === 'rest' && !isToken(entry.value)) yield { verdict, messageId: 'token' as const, data, at };
    else if (entry.value.includes(','))
      // An HTTP API may join the entries, and the list is right again: not documented. A function URL was tried (U5).
      yield { verdict: target === 'url' ? verdict : all(verdict, always('maybe', entry)), messageId: 'entry' as const, data, at };
    else if (!isToken(entry.value)) yield { verdict, messageId: 'never' as const, data, at };
    else if (!isFilledIn(at) && isCorsResponseHeader(entry.value)) yield { verdict, messageId: 'response' as const, data, at };
  }
}
