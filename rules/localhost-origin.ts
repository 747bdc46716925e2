import { isLocal, originAt } from '../src/browser/origins.ts';
import { shown } from '../src/model/names.ts';
import { originsOf } from '../src/model/origins.ts';
import { defineRule } from '../src/rule.ts';
import { all, mayHold, test } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'localhost-origin',
    summary: 'A production stage allows pages from localhost.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
\`http://localhost:3000\` is your development server on your computer, and on the computer of a visitor whatever program listens there. In
production it lets such a program's pages call the API as that visitor.
`,
    remedy: `
Hang the origins on the stage: \`origin: \${param:origin}\` with \`params.default\` and \`params.prod\`. An app built with Capacitor or Ionic
does have the origin \`https://localhost\` or \`http://localhost\`: keep that one.
`,
    references: [
      'https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy',
      'https://www.serverless.com/framework/docs/guides/parameters',
    ],
  },
  messages: {
    production: {
      severity: 'warning',
      harm: 'exposed',
      text: "production lets in {origin}: whatever program serves that on a visitor's computer can call this API as a page of yours. Allow it in the other stages alone",
    },
  },
  options: {
    production: {
      type: 'strings',
      description: 'The names of the stages that are production, case aside.',
      default: ['prod', 'production', 'live'],
    },
  },
  examples: {
    bad: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws, stage: prod }
functions:
  cart:
    handler: cart.handler
    events:
      - http: { path: cart, method: get, cors: { origins: [https://shop.example.com, http://localhost:3000] } }
`,
      },
    ],
    good: [
      {
        as: 'serverless',
        code: `
service: shop
provider: { name: aws }
params:
  default: { origin: http://localhost:3000 }
  prod: { origin: https://shop.example.com }
functions:
  cart:
    handler: cart.handler
    events:
      - http: { path: cart, method: get, cors: { origin: '\${param:origin}' } }
`,
      },
    ],
  },
  check: {
    *api(api, { model: { stage } }, { production }) {
      const inProduction = test(stage, (name) => production.some((one) => one.toLowerCase() === name.toLowerCase()));
      if (!mayHold(inProduction)) return;
      for (const { text, isSo, place } of originsOf(api)) {
        const origin = originAt(text.value, place);
        // Apps have schemes of their own: capacitor://localhost is no computer's.
        if (typeof origin !== 'object' || !/^https?$/.test(origin.scheme) || !isLocal(origin)) continue;
        yield { verdict: all(inProduction, isSo), messageId: 'production', data: { origin: shown(text) }, at: text.from };
      }
    },
  },
});
