import type { Located } from '../../source/located.ts';
import { entriesIn, member, textOf, textsIn, written, type Written } from './json.ts';
import { idsOf, nestedPath, type Metadata } from './metadata.ts';

/** A resource of a template that deploys another template of the same assembly. */
export interface NestedStack {
  readonly id: string;
  /** The file of its template, and where it is named. */
  readonly file: Written;
  readonly path: string;
}

/** What a stack says of the files that it deploys. */
export interface StackFiles {
  readonly metadata: Metadata;
  /** By hash or object key. */
  readonly assets: ReadonlyMap<string, string>;
}

/**
 * The nested stacks of a template. They are no artifacts of the manifest but assets: named by `aws:asset:path` where the
 * CDK's command line synthesized, by the hash in the TemplateURL, or by the metadata. A URL of somebody's own bucket is none.
 */
export function nestedStacks(root: Located, template: { readonly path: string; readonly files: StackFiles }): readonly NestedStack[] {
  const { files } = template;
  return [...entriesIn(member(root, 'Resources'))].flatMap(([id, { key, value: resource }]): NestedStack[] => {
    if (textOf(member(resource, 'Type')) !== 'AWS::CloudFormation::Stack') return [];
    const own = textOf(member(resource, 'Metadata', 'aws:cdk:path')) ?? idsOf(files.metadata, template.path).get(id);
    const inner = (own === undefined ? undefined : nestedPath(own)) ?? `${template.path}/${id}`;
    const url = member(resource, 'Properties', 'TemplateURL');
    const file = written(member(resource, 'Metadata', 'aws:asset:path')) ?? {
      text: fileNamedIn(url, files) ?? [...files.metadata.templates].find(([, construct]) => construct === inner)?.[0],
      at: url?.at ?? key,
    };
    return file.text === undefined ? [] : [{ id, file: { text: file.text, at: file.at }, path: inner }];
  });
}

/** The file beside the manifest that a location means: 'https://s3.…/2294d3….json', of which the bucket is put together at deploy time. */
export function fileNamedIn(location: Located | undefined, { assets }: Pick<StackFiles, 'assets'>): string | undefined {
  for (const text of textsIn(location)) {
    const hash = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/.exec(text)?.[0];
    const file = hash === undefined ? undefined : assets.get(hash);
    if (file !== undefined) return file;
  }
  return undefined;
}
