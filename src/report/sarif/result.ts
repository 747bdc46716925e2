import type { Finding, Fix, Label, Severity } from '../../finding.ts';
import { kindOf, messageOf, visible, worldsOf } from '../text.ts';
import { artifact, physical, regionOf, type ArtifactLocation, type PhysicalLocation, type Region } from './place.ts';

export interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: Severity;
  readonly message: Text;
  readonly locations: readonly [{ readonly physicalLocation: PhysicalLocation; readonly logicalLocations?: readonly LogicalLocation[] }];
  readonly relatedLocations?: readonly { readonly physicalLocation: PhysicalLocation; readonly message: Text }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly { readonly description: Text; readonly artifactChanges: readonly ArtifactChange[] }[];
  readonly suppressions?: readonly { readonly kind: 'inSource'; readonly justification?: string }[];
  readonly properties: Readonly<Record<string, string | readonly string[]>>;
}

interface Text {
  readonly text: string;
}

interface LogicalLocation {
  readonly name: string;
  readonly fullyQualifiedName: string;
  readonly kind: string;
}

interface ArtifactChange {
  readonly artifactLocation: ArtifactLocation;
  readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent: Text }[];
}

/** What the run adds to a finding. */
interface Frame {
  readonly root: string;
  readonly ruleIndex: number;
  readonly fingerprint: string;
  /** §3.27.23: either all results of a run say whether they are suppressed, or none does. */
  readonly saysSuppressed: boolean;
}

/** GitHub shows no more. */
const MOST_RELATED = 100;

export function resultOf(finding: Finding, { root, ruleIndex, fingerprint, saysSuppressed }: Frame): Result {
  const { rule, primary, related, fix, suppressed, certainty, harm, when } = finding;
  const logical = logicalOf(finding);
  return {
    ruleId: rule,
    ruleIndex,
    level: levelOf(finding),
    message: message(`${messageOf(finding)}.`),
    locations: [{ physicalLocation: physical(primary, root), ...(logical.length > 0 && { logicalLocations: logical }) }],
    ...(related.length > 0 && { relatedLocations: related.slice(0, MOST_RELATED).map((label) => relatedOf(label, root)) }),
    partialFingerprints: { 'corsLint/v1': fingerprint },
    ...(fix?.safety === 'safe' && fix.edits.length > 0 && { fixes: [fixOf(fix, root)] }),
    ...(saysSuppressed && { suppressions: suppressed ? [suppressionOf(suppressed)] : [] }),
    properties: { certainty, harm, ...(when.length > 0 && { when: worldsOf(when) }) },
  };
}

/** A possible finding may be none. */
export const levelOf = (finding: Finding): Severity => {
  const kind = kindOf(finding);
  return kind === 'possible' ? 'note' : kind;
};

/**
 * §3.11: '[text](1)' is a link and '{0}' stands for an argument, and what a template says is to be neither. Other braces stay: the
 * standard wants them doubled, but code scanning shows them as they are, and `/users/{{id}}` is no path.
 */
export const message = (text: string): Text => ({
  text: text.replaceAll(/\[(?=[^\]]*\]\()/g, '\\[').replaceAll(/\{(\d+)\}/g, '{{$1}}'),
});

const relatedOf = ({ at, text }: Label, root: string): NonNullable<Result['relatedLocations']>[number] => ({
  physicalLocation: physical(at, root),
  message: message(visible(text)),
});

/** What a finding is about: the API, its endpoints, and what the program calls them that wrote the template. */
function logicalOf({ api, subjects, constructs = [] }: Finding): LogicalLocation[] {
  const within = api === undefined ? '' : `${api}/`;
  return [
    ...(api === undefined ? [] : [{ name: api, fullyQualifiedName: api, kind: 'resource' }]),
    ...subjects.map((subject) => ({ name: subject, fullyQualifiedName: within + subject, kind: 'member' })),
    ...constructs.map((one) => ({ name: one.slice(one.lastIndexOf('/') + 1), fullyQualifiedName: one, kind: 'resource' })),
  ];
}

/** By lines and columns, which mean the same whatever the line ends and whether or not a byte order mark is counted. */
function fixOf({ title, edits }: Fix, root: string): NonNullable<Result['fixes']>[number] {
  const files = new Map(edits.map(({ at }) => [at.file.path, edits.filter((edit) => edit.at.file.path === at.file.path)]));
  const artifactChanges = [...files].map(([path, changes]) => ({
    artifactLocation: artifact(path, root),
    replacements: changes
      .toSorted((a, b) => a.at.start - b.at.start || a.at.end - b.at.end)
      .map(({ at, text }) => ({ deletedRegion: regionOf(at.file, at.start, at.end), insertedContent: { text } })),
  }));
  return { description: message(`${visible(title)}.`), artifactChanges };
}

const suppressionOf = ({ reason }: NonNullable<Finding['suppressed']>): NonNullable<Result['suppressions']>[number] => ({
  kind: 'inSource',
  ...(reason !== undefined && { justification: reason }),
});
