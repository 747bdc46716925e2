import { FORMATS } from '../report/format.ts';

/** Their names, in lines that fit. */
const formats = (): string => {
  const names = Object.keys(FORMATS).map((name) => (name === 'stylish' ? `${name} (default)` : name));
  const lines: string[][] = [];
  for (const name of names) {
    const line = lines.at(-1);
    if (!line || [...line, name].join(', ').length > 60) lines.push([name]);
    else line.push(name);
  }
  return lines.map((line) => line.join(', ')).join(`,\n${' '.repeat(35)}`);
};

/** What `cors-lint --help` prints: the commands and options that there are. */
export const HELP = `cors-lint finds CORS mistakes in serverless.yml, SAM and CloudFormation templates
before the browser does. It reads files and runs nothing (but git, where diff is given a revision).

  cors-lint serverless.yml         lint a file
  cors-lint [path…]                lint files, folders and globs; without a path, the current folder
  cors-lint simulate <path>        what browsers do with each endpoint's answers, or with one request
  cors-lint diff <before> <after>  what a deployment changes for browsers: templates, cdk.out folders, revisions
                                   (HEAD~1:template.yaml), - for standard input
  cors-lint explain <rule>         what a rule means, why it matters, and what to do
  cors-lint explain "message" [path]
                                   what a message of the browser's console means, and where to look
  cors-lint rules                  all rules

What to report
  --quiet                          errors only
  --possible                       also what hangs on values not known before deployment
  --rule ID:SEVERITY               off, note, warning or error for one rule (repeatable)
  --preset NAME                    recommended (default) or strict
  --max-warnings N                 fail if there are more than N warnings
  --config FILE                    use this configuration file; default: the nearest cors-lint.config.yml, .yaml or .json,
                                   or "cors-lint" in package.json, up to the root of the repository
  --no-config                      use no configuration file
  --no-handlers                    do not read the code of functions

What the deployment will be
  --stage NAME                     judge this stage alone (repeatable); default: all that the file knows
  --param NAME=VALUE               a deployment parameter (repeatable)
  --env                            take \${env:…} from the environment; otherwise it is unknown
  --env-file FILE                  take \${env:…} from a .env file (repeatable)

What to simulate
  --origin ORIGIN                  the page that asks (repeatable), of diff too; default: all that are allowed
  --request "METHOD /path"         one request, or the address that it goes to, step by step; without it, the table of all
  --header NAME:VALUE              a header that the page sends (repeatable)
  --credentials                    the page sends cookies

Input and output
  --stdin                          lint standard input …
  --stdin-filename NAME            … as the file of this name
  --format NAME[:FILE]             how to report; to a file, if one is named (repeatable):
                                   ${formats()}
  --output-file FILE               write what would go to standard output to this file
  --no-color                       no colours (also: NO_COLOR=1; FORCE_COLOR=1 for colours in a pipe)
  -h, --help   -v, --version

To see what cors-lint sees
  --print-config FILE              what the configuration and the options come to for this file, as JSON
  --explain-value FILE:LINE        where the value on this line comes from, per stage, and what becomes of it

Exit code: 0 no errors, 1 errors or too many warnings, 2 wrong use or configuration, 3 a bug in cors-lint.
Of diff the same: errors are regressions.
Of simulate: 0 it passes, 1 it is blocked, 2 no route takes the request, 4 that is not known before deployment.
Findings go to standard output, everything else to standard error.
`;
