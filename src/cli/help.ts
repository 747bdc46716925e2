/** What `cors-lint --help` prints: the commands and options that there are. */
export const HELP = `cors-lint finds CORS mistakes in serverless.yml, SAM and CloudFormation templates
before the browser does. It reads files and runs nothing.

  cors-lint serverless.yml         lint a file
  cors-lint [path…]                lint files, folders and globs; without a path, the current folder
  cors-lint explain <rule>         what a rule means, why it matters, and what to do
  cors-lint rules                  all rules

What to report
  --quiet                          errors only
  --possible                       also what hangs on values not known before deployment
  --rule ID:SEVERITY               off, note, warning or error for one rule (repeatable)
  --preset NAME                    recommended (default) or strict
  --max-warnings N                 fail if there are more than N warnings
  --no-config                      ignore configuration files

What the deployment will be
  --stage NAME                     judge this stage alone (repeatable); default: all that the file knows
  --param NAME=VALUE               a deployment parameter (repeatable)
  --env                            take \${env:…} from the environment; otherwise it is unknown
  --env-file FILE                  take \${env:…} from a .env file (repeatable)

Input and output
  --stdin                          lint standard input …
  --stdin-filename NAME            … as the file of this name
  --format NAME[:FILE]             stylish (default), json or compact; to a file, if one is named (repeatable)
  --no-color                       no colours (also: NO_COLOR=1; FORCE_COLOR=1 for colours in a pipe)
  -h, --help   -v, --version

Exit code: 0 no errors, 1 errors or too many warnings, 2 wrong use, 3 a bug in cors-lint.
Findings go to standard output, everything else to standard error.
`;
