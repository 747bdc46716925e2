import type { Located } from '../../source/located.ts';
import { claims as isCloudFormation } from '../cloudformation/claims.ts';
import { claims as isSam } from '../sam/claims.ts';
import { entriesIn, member, textOf } from './json.ts';

export const claims = (root: Located): boolean => isManifest(root) || (isSynthesized(root) && (isSam(root) || isCloudFormation(root)));

/** A cloud assembly's manifest has a version and artifacts that say their type. */
export function isManifest(root: Located): boolean {
  if (textOf(member(root, 'version')) === undefined) return false;
  const artifacts = member(root, 'artifacts');
  const types = [...entriesIn(artifacts).values()].flatMap(({ value }) => textOf(member(value, 'type')) ?? []);
  if (types.length > 0) return types.some((type) => /^(?:aws|cdk):/.test(type));
  // An app without stacks, or a file that breaks off: other programs' manifests have other keys.
  const isNamedSo = artifacts !== undefined || /(?:^|[/\\])manifest\.json$/.test(root.at.file.path);
  return isNamedSo && [...entriesIn(root).keys()].every((key) => KEYS.has(key));
}

const KEYS: ReadonlySet<string> = new Set(['version', 'artifacts', 'missing', 'runtime', 'minimumCliVersion']);

/**
 * What the CDK leaves in a template: the construct paths and the resource of its command line, the check of the
 * bootstrap version, or the names that it gives to templates.
 */
function isSynthesized(root: Located): boolean {
  if (root.at.file.path.endsWith('.template.json')) return true;
  if (textOf(member(root, 'Parameters', 'BootstrapVersion', 'Default'))?.startsWith('/cdk-bootstrap/')) return true;
  return [...entriesIn(member(root, 'Resources')).values()].some(
    ({ value }) =>
      textOf(member(value, 'Type')) === 'AWS::CDK::Metadata' || textOf(member(value, 'Metadata', 'aws:cdk:path')) !== undefined,
  );
}
