import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeIo } from '../../src/config/node-io.ts';
import { SHIPPED } from '../../src/lint.ts';
import { run } from '../cli/doubles.ts';
import { shared } from '../support/shared.ts';

/** What the CDK synthesized before and after a change; what is to be told of each was worked out from reference/cdk.md §5. */
const PAIRS: Readonly<Record<string, readonly (readonly [kind: string, says: string])[]>> = {
  // addPropertyOverride on a gateway response: no new Deployment.
  '1-gwresp-no-redeploy': [
    ['error diff-not-live', 'goes on serving the old gateway response DEFAULT_4XX'],
    ['note diff-opened', 'once there is a new Deployment: '],
  ],
  '2-restapi-renamed': [['error diff-api-replaced', '`ApiF70053CD` is deleted, and the REST API `ShopApi00D66BBD` is made']],
  // The header X-My and the credentials are no longer allowed; the Deployment is new.
  '3-cors-headers-removed': [
    ['error diff-blocked', 'does not name `x-my`'],
    ['error diff-blocked', 'that send cookies can no longer call `GET /items`'],
  ],
  '4-cors-removed': [['error diff-cors-lost', '`GET /items` loses CORS']],
  '5-httpapi-cors': [['error diff-cors-lost', 'loses its CORS settings']],
  // The function of the URL is another one, and `*` with credentials. Its code sends `*` too: before, only who is on the list got two of them.
  '6-url': [
    ['error diff-opened', "pages of every site may now call `ANY /` with their visitors' cookies"],
    ['error diff-api-replaced', '`lambda-url` address'],
    ['error diff-cors-lost', '`Access-Control-Allow-Origin` comes twice'],
  ],
  // The same as the first, through the L2 construct: the Deployment is new.
  '7-l2-gwresp-changed-redeploy': [['note diff-opened', 'the errors of API Gateway itself']],
};

const folder = shared('oracles/cdk/pairs');

describe.skipIf(folder === undefined)('pairs of the CDK', () => {
  it.each(Object.entries(PAIRS))('%s', async (name, expected) => {
    const argv = [
      'diff',
      ...['old', 'new'].map((side) => path.join(folder ?? '', `${name}.${side}.json`)),
      '--possible',
      '--format',
      'json',
      '--no-config',
    ];
    const { stdout, code } = await run(argv, nodeIo, {}, SHIPPED);
    const files = JSON.parse(stdout) as readonly { readonly messages: readonly Told[] }[];
    const told = files.flatMap(({ messages }) =>
      messages.map((one) => [`${SEVERITIES[one.severity]} ${one.ruleId}`, one.message] as const),
    );
    expect(told.map(([kind]) => kind)).toEqual(expected.map(([kind]) => kind));
    for (const [i, [, says]] of expected.entries()) expect(told[i]?.[1]).toContain(says);
    expect(code).toBe(expected.some(([kind]) => kind.startsWith('error')) ? 1 : 0);
  });

  it.each(Object.keys(PAIRS))('%s: a version is what it is', async (name) => {
    const file = path.join(folder ?? '', `${name}.old.json`);
    const { stdout, stderr, code } = await run(['diff', file, file, '--possible'], nodeIo, {}, SHIPPED);
    expect([stdout, code]).toEqual(['', 0]);
    expect(stderr).toContain('both are the same');
  });
});

interface Told {
  readonly severity: 0 | 1 | 2;
  readonly ruleId: string;
  readonly message: string;
}

const SEVERITIES = ['note', 'warning', 'error'] as const;
