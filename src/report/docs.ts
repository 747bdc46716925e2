/** Where cors-lint is at home. */
export const HOME = 'https://www.npmjs.com/package/cors-lint';

/** Where a rule's page can be read. What `diff` tells has one page for all. */
export const docsUrl = (rule: string): string =>
  `https://unpkg.com/cors-lint/rules/${rule.startsWith('diff-') ? `diff.md#${encodeURIComponent(rule)}` : `${encodeURIComponent(rule)}.md`}`;
