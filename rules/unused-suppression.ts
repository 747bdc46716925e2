import { defineRule } from '../src/rule.ts';

export default defineRule({
  meta: {
    id: 'unused-suppression',
    summary: 'A suppression silences nothing.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
A suppression that has outlived its finding hides the next one, and one that is misspelt hides nothing although it looks as if it did. A rule
that did not run, because it is off or because a single rule was asked for, is no reason to report its suppression.
`,
    remedy: `
Remove it, or the rules in it that find nothing. The four comments are \`# cors-lint-disable-next-line <rules> -- <reason>\`,
\`# cors-lint-disable <rules>\` (from here on), \`# cors-lint-enable <rules>\` and \`# cors-lint-disable-file <rules>\`, with \`//\` in
JavaScript and TypeScript; in the \`Metadata\` of a template, \`cors-lint: { disable: [{ id, reason }] }\`.
`,
    references: ['https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html'],
  },
  messages: {
    malformed: { severity: 'warning', harm: 'untidy', text: '{text}' },
    'unknown-rule': { severity: 'warning', harm: 'untidy', text: 'there is no rule `{rule}`{meant}, so this suppresses nothing of it' },
    unused: { severity: 'warning', harm: 'untidy', text: '{rules} found nothing {where}, so this suppresses nothing. Remove it' },
    'unused-in-part': {
      severity: 'warning',
      harm: 'untidy',
      text: '{rules} found nothing {where}, so there is nothing of it to suppress. Take it out',
    },
    'unused-all': { severity: 'warning', harm: 'untidy', text: 'nothing was found {where}, so this suppresses nothing. Remove it' },
    'idle-enable': {
      severity: 'warning',
      harm: 'untidy',
      text: 'nothing was disabled before this comment, so it enables nothing. Remove it',
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
    events:
      # cors-lint-ignore-next-line missing-cors -- called by our servers alone
      - http: { path: cart, method: get }
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
    events:
      # cors-lint-disable-next-line -- called by our servers alone
      - http: { path: cart, method: get }
`,
      },
    ],
  },
  // The engine words it: no rule sees what the others find.
  check: {},
});
