import path from 'node:path';
import { expect, it } from 'vitest';
import { memoryIo } from '../../src/config/memory-io.ts';
import { lint } from '../../src/lint.ts';
import { positionAt } from '../../src/source/lines.ts';

/** Comments that the shipped rules have no use for, in the words that a user reads: no fixture of one rule alone can show them. */
const CWD = path.resolve('/project');
const SERVICE = `service: shop
provider: { name: aws }
functions:
  cart:
    handler: cart.handler
    events:
      COMMENT
      - http: { path: cart, method: get }
`;

async function said(comment: string): Promise<string[]> {
  const io = memoryIo({ [path.join(CWD, 'serverless.yml')]: SERVICE.replace('COMMENT', comment) });
  const { files } = await lint(['serverless.yml'], { cwd: CWD, config: false }, io);
  return files
    .flatMap(({ findings }) => findings)
    .filter(({ suppressed }) => suppressed === undefined)
    .map(({ rule, message, primary }) => `${positionAt(primary.file, primary.start).line} ${rule}: ${message}`);
}

it.each([
  ['# cors-lint-disable-next-line missing-cors -- called by our servers alone', []],
  [
    '# cors-lint-disable-next-line missing-cors, null-origin',
    ['7 unused-suppression: `null-origin` found nothing on the next line, so there is nothing of it to suppress. Take it out'],
  ],
  [
    '# cors-lint-disable null-origin, missing-vary',
    [
      '7 unused-suppression: `null-origin` and `missing-vary` found nothing from here on, so this suppresses nothing. Remove it',
      expect.stringMatching(/^8 missing-cors: /),
    ],
  ],
  [
    '# cors-lint-disable-file null-origin',
    [
      '7 unused-suppression: `null-origin` found nothing in this file, so this suppresses nothing. Remove it',
      expect.stringMatching(/^8 missing-cors: /),
    ],
  ],
  ['- sqs: arn:aws:sqs:eu-west-1:123456789012:jobs # cors-lint-disable-next-line missing-cors', []],
  [
    '# cors-lint-enable missing-cors',
    [
      '7 unused-suppression: nothing was disabled before this comment, so it enables nothing. Remove it',
      expect.stringMatching(/^8 missing-cors: /),
    ],
  ],
])('%s', async (comment, expected) => expect(await said(comment)).toEqual(expected));

it('a bare comment where nothing was found', async () => {
  const io = memoryIo({
    [path.join(CWD, 'serverless.yml')]: '# cors-lint-disable-next-line\nservice: shop\nprovider: { name: aws }\nfunctions: {}\n',
  });
  const { files } = await lint(['serverless.yml'], { cwd: CWD, config: false, preset: 'strict' }, io);
  expect(files.flatMap(({ findings }) => findings.map(({ message }) => message))).toEqual([
    'nothing was found on the next line, so this suppresses nothing. Remove it',
  ]);
});
