import { expect, it } from 'vitest';
import { compact } from '../../src/report/compact.ts';
import { fileOf, fileReport, finding, place, report, stage } from './findings.ts';

const file = fileOf('serverless.yml', 'a: 1\n  b: 2\n');

it('is ESLint’s: one line a finding, and the number of problems', () =>
  expect(
    compact(
      report([
        fileReport(
          file,
          finding(place(file, 'a'), { message: 'it does not work.' }),
          finding(place(file, 'b'), { severity: 'warning', when: [stage('prod')] }),
          finding(place(file, 'b'), { severity: 'note', message: 'line\nbreak' }),
          finding(place(file, '2'), { certainty: 'possible' }),
        ),
      ]),
    ),
  ).toBe(`serverless.yml: line 1, col 1, Error - it does not work. (some-rule)
serverless.yml: line 2, col 3, Warning - it does not work (when stage = prod). (some-rule)
serverless.yml: line 2, col 3, Note - line\\nbreak. (some-rule)
serverless.yml: line 2, col 6, Possible - it does not work. (some-rule)

2 problems
`));

it('is empty where there is nothing', () => expect(compact(report([fileReport(file)]))).toBe(''));
