import type { Located } from '../../source/located.ts';
import { entriesIn, itemsIn, member, textOf, written, type Written } from './json.ts';

/** A manifest.json, by the shape that @aws-cdk/cloud-assembly-schema has had since version 1; newer keys are passed over. */
export interface Manifest {
  readonly stacks: readonly Stack[];
  readonly assemblies: readonly NestedAssembly[];
  /** The file of the construct tree; the outermost assembly alone has one. */
  readonly tree: Written | undefined;
  /** Stacks and assemblies that name no file, by the artifact's name. */
  readonly nameless: readonly Written[];
}

/** An artifact of the type `aws:cloudformation:stack`. */
export interface Stack {
  readonly template: Written;
  /** Its construct path, as far as the manifest says: 'Prod/Shop'. */
  readonly path: string;
  /** Up to 2.241 the constructs' metadata stand here, from 2.242 on in a file of their own. */
  readonly metadata: Located | undefined;
  readonly metadataFile: string | undefined;
  /** The manifests of its assets. */
  readonly assets: readonly string[];
}

/** A CDK Stage: an artifact of the type `cdk:cloud-assembly`. */
export interface NestedAssembly {
  readonly folder: Written;
  /** Its construct path: 'Prod', 'Pipeline/Prod'. */
  readonly name: Written;
}

export function readManifest(root: Located): Manifest {
  const stacks: Stack[] = [];
  const assemblies: NestedAssembly[] = [];
  const nameless: Written[] = [];
  let tree: Written | undefined;
  const artifacts = entriesIn(member(root, 'artifacts'));
  for (const [id, { key, value }] of artifacts) {
    const properties = member(value, 'properties');
    switch (textOf(member(value, 'type'))) {
      case 'aws:cloudformation:stack': {
        const template = written(member(properties, 'templateFile'));
        if (template) stacks.push({ template, ...stackOf(id, value, artifacts) });
        else nameless.push({ text: id, at: key });
        break;
      }
      case 'cdk:cloud-assembly': {
        const folder = written(member(properties, 'directoryName'));
        if (folder) assemblies.push({ folder, name: written(member(properties, 'displayName')) ?? withoutPrefix(folder) });
        else nameless.push({ text: id, at: key });
        break;
      }
      case 'cdk:tree':
        tree = written(member(properties, 'file'));
        break;
      default: // Assets, feature flags, and what later versions add.
    }
  }
  return { stacks, assemblies, tree, nameless };
}

/** Before there were display names: 'assembly-Prod'. */
const withoutPrefix = ({ text, at }: Written): Written => ({ text: text.replace(/^assembly-/, ''), at });

type Artifacts = ReturnType<typeof entriesIn>;

function stackOf(id: string, artifact: Located, artifacts: Artifacts): Omit<Stack, 'id' | 'at' | 'template'> {
  return {
    // A stack with a name of its own is shown as 'Prod/Shop (shop-prod)'.
    path: (textOf(member(artifact, 'displayName')) ?? id).replace(/ \(.*\)$/, ''),
    metadata: member(artifact, 'metadata'),
    metadataFile: textOf(member(artifact, 'additionalMetadataFile')),
    assets: itemsIn(member(artifact, 'dependencies')).flatMap((dependency) => {
      const other = artifacts.get(textOf(dependency) ?? '')?.value;
      return textOf(member(other, 'type')) === 'cdk:asset-manifest' ? (textOf(member(other, 'properties', 'file')) ?? []) : [];
    }),
  };
}
