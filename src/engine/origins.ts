import type { Finding } from '../finding.ts';
import type { Location, Origin } from '../source/location.ts';

/** So many other places does a finding name. */
const MAX_RELATED = 5;

/**
 * The findings in a document that a program wrote, at the code that makes what they are about. Nothing is to be mended in the document
 * itself: the program's next run would undo it.
 */
export const withOrigins = (findings: readonly Finding[], originOf: (at: Location) => Origin | undefined): readonly Finding[] =>
  findings.map((found) => {
    const { fix: _fix, ...finding } = found;
    const origin = originOf(finding.primary);
    if (!origin) return finding;
    const constructs = [origin.name];
    if (!origin.source) return { ...finding, constructs };
    const here = {
      at: finding.primary,
      text: isCode(finding.primary) ? 'the code that is deployed has it here' : 'the template that was made of it has it here',
    };
    return { ...finding, constructs, primary: origin.source, related: [here, ...finding.related].slice(0, MAX_RELATED) };
  });

const isCode = ({ file }: Location): boolean => /\.(?:[cm]?[jt]sx?|py)$/i.test(file.path);
