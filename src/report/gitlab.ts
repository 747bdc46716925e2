import type { Finding } from '../finding.ts';
import { positionAt } from '../source/lines.ts';
import { fingerprintsOf } from './fingerprints.ts';
import { unsuppressed, type Report } from './report.ts';
import { jsonText, kindOf, messageOf, visible, type Kind } from './text.ts';
import { rootOf, wayTo } from './uri.ts';

/** GitLab's code quality report, which it shows in merge requests: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. */
export function gitlab(given: Report): string {
  const findings = unsuppressed(given).files.flatMap((file) => file.findings);
  const root = rootOf(given);
  const fingerprints = fingerprintsOf(findings, root);
  return jsonText(findings.map((finding, i) => issueOf(finding, fingerprints[i] ?? '', root)));
}

const SEVERITIES = { error: 'major', warning: 'minor', note: 'info', possible: 'info' } as const satisfies Record<Kind, string>;

function issueOf(finding: Finding, fingerprint: string, root: string): object {
  const { file, start, end } = finding.primary;
  const kind = kindOf(finding);
  return {
    description: `${kind === 'possible' ? 'possible: ' : ''}${messageOf(finding)}`,
    check_name: finding.rule,
    fingerprint,
    severity: SEVERITIES[kind],
    location: {
      path: visible(wayTo(file.path, root) ?? file.path),
      lines: { begin: positionAt(file, start).line, end: positionAt(file, end).line },
    },
  };
}
