import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readText, shared } from '../../support/shared.ts';
import { PROBES } from './probes.ts';
import { canonical, linesOf, translated, type Json } from './translated.ts';

/** What the translator answered to each probe: the lines of its APIs, or an error. */
const reference = shared('reference');
const answers = reference ? read(readText(join(reference, 'sam-probes.txt'))) : new Map<string, readonly string[]>();

function read(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of text.split('\n')) {
    const id = /^([A-Z]\d+\w?) /.exec(line)?.[1];
    if (id !== undefined) found.set(id, (lines = []));
    else if (/^ {6}[A-Z]/.test(line)) lines.push(line.trim());
  }
  return found;
}

/** A line with the JSON in it written as ours is; what is not compared is left out. */
function normal(line: string): readonly string[] {
  if (line.startsWith('DEPLOY ')) return [];
  return [
    line.replaceAll(/(?<=sec=| V2CORS | GR | POLICY |URL | )(?:\{.*\}|\[.*?\](?= \{|$))/g, (text) => canonical(JSON.parse(text) as Json)),
  ];
}

/** What a rule says, not the translation. */
const BY_RULE: Readonly<Record<string, string>> = {
  R05: 'credentials-with-wildcard-origin says it of the generated preflight',
  H04: 'credentials-with-wildcard-origin says it of the API',
};

/** Not asked, and why. */
const UNASKED: Readonly<Record<string, string>> = {
  P10: 'at the deploy CloudFormation puts the file in its place first (sam.md §1)',
  H09: 'the same',
  I1: 'the same',
  I2: 'the same',
  I3: 'the same',
  I6: 'a loop is expanded before SAM sees it',
  H02c: 'a default of a list parameter is one text in a local run alone (sam.md §3)',
  H02d: 'the parameter stays until the template is resolved',
  H28: 'a parameter given as a list, which no text gives',
  M06b: 'an unknown name in IgnoreGlobals has nothing to do with CORS',
  M12: 'two kinds of documents have nothing to do with CORS',
  P28: 'the same as P18',
  D00: 'R02 with another origin',
  D01: 'R02 with another origin',
  D02: 'G01 with another value',
  D04: 'R06 without credentials; ids of deployments are not compared',
  D05: 'the same',
  D06: 'G06; ids of deployments are not compared',
  D07: 'the same',
  D08: 'the id of the deployment alone',
  D09: 'the id of the deployment alone',
  D10: 'the id of the deployment alone',
};

describe.skipIf(!reference)('what SAM makes of', () => {
  it.each(Object.entries(PROBES))('%s', (id, text) => {
    const expected = answers.get(id);
    expect(expected, `${id} is no probe`).toBeDefined();
    const { template, said } = translated(text);
    if (expected?.[0]?.startsWith('ERROR') === true) {
      if (!Object.hasOwn(BY_RULE, id))
        expect(said.map((one) => JSON.stringify({ ...one, at: 0 }))).toContainEqual(
          expect.stringMatching(/SAM stops|there is no authorizer/),
        );
      return;
    }
    expect(linesOf(template).toSorted()).toEqual(expected?.flatMap(normal).toSorted());
  });

  it('asks all probes, or says why not', () => {
    const missing = [...answers.keys()].filter((id) => !Object.hasOwn(PROBES, id) && !Object.hasOwn(UNASKED, id));
    expect(missing.filter((id) => !/^[OQ]\d/.test(id))).toEqual([]);
  });
});
