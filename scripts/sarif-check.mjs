// node scripts/sarif-check.mjs MULTITOOL LOG…: what the public SARIF multitool, with the rules for what GitHub takes in, has against logs,
// and whether the schema that the tests use is still the one that it ships. MULTITOOL is the folder of @microsoft/sarif-multitool-linux.
// Its exit code says nothing (it is 0 also with errors), so its own log is read; and the tool is tried first on a log that it must refuse.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { isDeepStrictEqual } from 'node:util';

const [tool = '', ...logs] = process.argv.slice(2);
const scratch = mkdtempSync(path.join(tmpdir(), 'sarif-check-'));
process.on('exit', () => rmSync(scratch, { recursive: true }));
const json = (file) => JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));

/** 'GH1001 error at line 12: …', of each result at error or warning level. */
function complaints(log) {
  const output = path.join(scratch, 'out.sarif');
  rmSync(output, { force: true });
  const args = ['validate', log, '--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning', '--log', 'ForceOverwrite', '--output', output];
  // It says a line for each result that is wrong.
  const { status, error, stdout, stderr } = spawnSync(path.join(tool, 'Sarif.Multitool'), args, { encoding: 'utf8', maxBuffer: 1e9 });
  if (error || status !== 0) throw new Error(`the multitool ended with ${status}: ${error?.message ?? ''}${stdout}${stderr}`);
  const [{ results, invocations }] = json(output).runs;
  if (invocations[0].executionSuccessful !== true) throw new Error(`the multitool failed: ${stdout}`);
  return results.map(({ ruleId, level = 'warning', message, locations }) => {
    const line = locations?.[0]?.physicalLocation?.region?.startLine;
    return `${ruleId} ${level} at line ${line}: ${message.text ?? [message.id, ...(message.arguments ?? [])].join(' ')}`;
  });
}

/** A log without what GitHub asks for. */
function refusesWhatIsWrong(log) {
  const wrong = json(log);
  delete wrong.$schema;
  for (const result of wrong.runs[0].results) delete result.locations;
  for (const rule of wrong.runs[0].tool.driver.rules) delete rule.help;
  const file = path.join(scratch, 'wrong.sarif');
  writeFileSync(file, JSON.stringify(wrong));
  return complaints(file).some((complaint) => complaint.startsWith('GH'));
}

const ruleIds = readdirSync('rules')
  .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
  .map((file) => path.basename(file, '.ts'))
  .toSorted();

let faults = 0;
const fault = (text) => {
  faults += 1;
  console.log(text);
};

if (!isDeepStrictEqual(json('test/report/sarif/sarif-2.1.0.json'), json(path.join(tool, 'sarif-2.1.0.json'))))
  fault('test/report/sarif/sarif-2.1.0.json is not the schema that the multitool ships');
if (logs.length === 0 || !refusesWhatIsWrong(logs[0])) fault('the multitool takes a log that it must refuse');
for (const log of logs) {
  const { results, tool: of } = json(log).runs[0];
  console.log(`${path.basename(log)}: ${results.length} results of ${of.driver.rules.length} rules`);
  if (results.length === 0) fault('  no results: that proves nothing');
  if (!isDeepStrictEqual(of.driver.rules.map(({ id }) => id).toSorted(), ruleIds)) fault('  not all rules are described');
  for (const complaint of complaints(log)) fault(`  ${complaint}`);
}
process.exitCode = faults === 0 ? 0 : 1;
