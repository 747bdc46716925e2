/** Where cors-lint is at home. */
export const HOME = 'https://www.npmjs.com/package/cors-lint';

/** Where a rule's page can be read. */
export const docsUrl = (rule: string): string => `https://unpkg.com/cors-lint/rules/${encodeURIComponent(rule)}.md`;
