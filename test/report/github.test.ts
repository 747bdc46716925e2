import { expect, it } from 'vitest';
import { github } from '../../src/report/github.ts';
import { CWD, fileOf, fileReport, finding, place, report, stage, suppressed } from './findings.ts';

const file = fileOf('api/serverless.yml', '\uFEFFa: 1\r\nb:\r\n  - x\r\n');
const other = fileOf('shared/base.yml', 'a: 1\nb: 2\n');

it('is one workflow command a finding', () =>
  expect(
    github(
      report(
        [
          fileReport(
            file,
            finding(place(file, '1'), {
              message: 'no. It never works.',
              when: [stage('prod')],
              related: [{ at: place(other, 'b'), text: 'its value comes from here' }],
            }),
            finding(place(file, 'b:\r\n  - x'), { severity: 'warning' }),
            finding(place(file, 'x'), { severity: 'note' }),
            finding(place(file, 'x'), { certainty: 'possible' }),
            finding(place(file, 'x'), suppressed(place(file, 'x'))),
          ),
          fileReport(other),
        ],
        { hidden: 3 },
      ),
    ),
  ).toBe(
    `::error file=api/serverless.yml,line=1,col=4,endLine=1,endColumn=5,title=some-rule::no. It never works (when stage = prod)%0Asee shared/base.yml:2: its value comes from here
::warning file=api/serverless.yml,line=2,endLine=3,title=some-rule::it does not work
::notice file=api/serverless.yml,line=3,col=5,endLine=3,endColumn=6,title=some-rule::it does not work
::notice file=api/serverless.yml,line=3,col=5,endLine=3,endColumn=6,title=some-rule (possible)::it does not work
`,
  ));

it('is empty where there is nothing', () => expect(github(report([fileReport(file)], { hidden: 1 }))).toBe(''));

it('names files from the root, and those outside by their whole path', () => {
  const far = fileOf('../far.yml', 'a');
  const text = github(
    report([fileReport(file, finding(place(file, 'a'))), fileReport(far, finding(place(far, 'a')))], { root: `${CWD}/api` }),
  );
  expect(text.match(/(?<=file=)[^,]*/g)).toEqual(['serverless.yml', '/far.yml']);
});

it('lets no text become a command, a property or a line', () => {
  const evil = fileOf('100%,title=x:y\n::error::z\u001b[2J.yml', 'a');
  const message = '100%\r\n::error::owned\n##[error]owned\u001b[31m %0A,:';
  expect(github(report([fileReport(evil, finding(place(evil, 'a'), { message }))]))).toBe(
    '::error file=100%25%2Ctitle=x%3Ay%0A%3A%3Aerror%3A%3Az\\x1b[2J.yml,line=1,col=1,endLine=1,endColumn=2,title=some-rule::100%25\\r\\n::error::owned\\n##[error]owned\\x1b[31m %250A,:\n',
  );
});
