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
    const { name, source } = origin;
    const constructs = name === undefined ? {} : { constructs: [name] };
    if (!source) return { ...finding, ...constructs };
    const here = {
      at: finding.primary,
      text: isCode(finding.primary) ? 'the code that is deployed has it here' : 'the template that was made of it has it here',
    };
    const related =
      name === undefined ? finding.related.map((label) => ({ ...label, at: originOf(label.at)?.source ?? label.at })) : finding.related;
    return { ...finding, ...constructs, primary: source, related: [here, ...related].slice(0, MAX_RELATED) };
  });

const isCode = ({ file }: Location): boolean => /\.(?:[cm]?[jt]sx?|py)$/i.test(file.path);
