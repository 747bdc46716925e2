import { defineRule } from '../src/rule.ts';

export default defineRule({
  meta: {
    id: 'internal-error',
    summary: 'A rule of cors-lint itself failed.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
A rule met something that it does not understand. That is a bug of cors-lint, never yours. The other rules went on, but what this one
would have found is missing, so the run ends with exit code 3.
`,
    remedy: `
Please report it, with the smallest template that shows it. Until it is mended, \`--rule <id>:off\` for the rule that the message names.
`,
    references: ['https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html'],
  },
  messages: {
    crashed: {
      severity: 'error',
      harm: 'untidy',
      text: 'the rule `{rule}` failed here, by a fault of cors-lint and none of yours: what it would have found is missing. Please report it; `--rule {rule}:off` goes on without it',
    },
  },
  options: {},
  examples: {
    // No template is known to bring it about; if one were, the bug would be mended.
    bad: [{ as: 'serverless', code: 'service: whatever\nprovider: { name: aws }\n' }],
    good: [{ as: 'serverless', code: 'service: shop\nprovider: { name: aws }\n' }],
  },
  // The engine words it: a rule cannot see another one fail.
  check: {},
});
