import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { gitlab } from '../../src/report/gitlab.ts';
import { CWD, fileOf, fileReport, finding, place, report, stage, suppressed } from './findings.ts';

const file = fileOf('api/serverless.yml', 'a: 1\nb: 2\nc: 3\n');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

it('has what GitLab asks for, and not what is suppressed', () => {
  const findings = [
    finding(place(file, 'a', ['a']), { message: 'no. It never works.', when: [stage('prod')] }),
    finding(place(file, '2\nc', ['b']), { severity: 'warning' }),
    finding(place(file, '3', ['c']), { severity: 'note' }),
    finding(place(file, '3', ['c']), { certainty: 'possible' }),
    finding(place(file, 'a'), suppressed(place(file, 'a'))),
  ];
  const issue = (description: string, key: string, count: number, severity: string, begin: number, end = begin) => ({
    description,
    check_name: 'some-rule',
    fingerprint: sha256(`["some-rule","api/serverless.yml","/${key}","found"]${count}`),
    severity,
    location: { path: 'api/serverless.yml', lines: { begin, end } },
  });
  expect(JSON.parse(gitlab(report([fileReport(file, ...findings)])))).toEqual([
    issue('no. It never works (when stage = prod)', 'a', 0, 'major', 1),
    issue('it does not work', 'b', 0, 'minor', 2, 3),
    issue('it does not work', 'c', 0, 'info', 3),
    issue('possible: it does not work', 'c', 1, 'info', 3),
  ]);
});

it('is an empty list where there is nothing', () => expect(gitlab(report([fileReport(file)]))).toBe('[]\n'));

it('names files from the root, and those outside by their whole path; control characters are written out', () => {
  const far = fileOf('../far\u001b.yml', 'a');
  const text = gitlab(
    report([fileReport(file, finding(place(file, 'a'), { message: 'x\u001b[2J\n' })), fileReport(far, finding(place(far, 'a')))], {
      root: `${CWD}/api`,
    }),
  );
  const issues = JSON.parse(text) as { description: string; location: { path: string } }[];
  expect(issues.map(({ location }) => location.path)).toEqual(['serverless.yml', '/far\\x1b.yml']);
  expect(issues[0]?.description).toBe('x\\x1b[2J');
});
