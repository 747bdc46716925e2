import type { CodeLanguage, CodeSource, FunctionCode } from '../../model/functions.ts';
import { entriesOf, get, listOf, valueOf, type Tree } from '../../value/tree.ts';
import { known, leaves, mapValue, siteOf, type Unknown, type Value } from '../../value/value.ts';
import type { Entity, Template } from './template.ts';
import { absent, isGiven, perWorld, type Arm } from './worlds.ts';

/** Properties of both kinds of functions, where what they say stands. */
interface Places {
  readonly inline: Tree;
  readonly code: Tree;
  readonly image: Tree;
}

/**
 * The functions of a template, with the places of their code. `beside`: the file that paths are relative to the folder of; that in
 * which the function is written if left out.
 */
export const functionsOf = (template: Template, beside?: string): readonly FunctionCode[] =>
  [...template.ofType('AWS::Lambda::Function'), ...template.ofType('AWS::Serverless::Function')].map((entity) => ({
    name: entity.id,
    at: entity.key,
    source: sourceOf(entity, beside ?? entity.key.file.path),
    env: (name) => variableOf(entity.properties, name),
  }));

function sourceOf({ type, properties, metadata, key }: Entity, beside: string): Value<CodeSource> {
  const { inline, code, image } = type === 'AWS::Serverless::Function' ? placesOfSam(properties) : placesOf(properties);
  const parts = [
    get(properties, 'Handler'),
    get(properties, 'Runtime'),
    get(properties, 'PackageType'),
    // Of variables that are not seen at all this one is the least likely.
    entriesOf(get(properties, 'Environment', 'Variables')).get('AWS_LAMBDA_EXEC_WRAPPER')?.value ?? absent(properties.from),
    image,
    inline,
    code,
    get(metadata, 'BuildMethod'),
  ] as const;
  const at = { kind: 'literal', at: key } as const;
  return perWorld(parts, at, (handler, runtime, packaged, wrapper, imageUri, text, folder, method): Value<CodeSource> => {
    const unknown = (why: string): Unknown<CodeSource> => ({ kind: 'unknown', why, from: at });
    if (isGiven(imageUri) || (packaged.kind === 'scalar' && packaged.value === 'Image')) return unknown('it runs in a container image');
    if (isGiven(wrapper)) return unknown('`AWS_LAMBDA_EXEC_WRAPPER` puts another program before it');
    if (method.kind === 'scalar' && method.value === 'makefile') return unknown('a makefile builds it');
    const language = languageOf(runtime);
    if (typeof language === 'object') return unknown(language.unread);
    if (handler.kind !== 'scalar') return unknown(handler.kind === 'unknown' ? handler.why : 'no handler is named for it');
    const name = { handler: String(handler.value), language, at: siteOf(handler.from) };
    if (text.kind === 'scalar') return known({ kind: 'inline', ...name, text: String(text.value), written: siteOf(text.from) }, at);
    if (isGiven(text)) return unknown('its text is put together at the deploy');
    const where = folderIn(folder);
    if ('unread' in where) return unknown(where.unread);
    const entries = method.kind === 'scalar' && method.value === 'esbuild' ? entriesIn(metadata) : [];
    return known({ kind: 'files', ...name, beside, folder: where.folder, entries }, at);
  });
}

const placesOf = (properties: Tree): Places => ({
  inline: get(properties, 'Code', 'ZipFile'),
  code: get(properties, 'Code'),
  image: get(properties, 'Code', 'ImageUri'),
});

/** SAM takes the template's own folder where nothing is said. */
const placesOfSam = (properties: Tree): Places => ({
  inline: get(properties, 'InlineCode'),
  code: get(properties, 'CodeUri'),
  image: get(properties, 'ImageUri'),
});

/** By the name of the runtime; undefined where none is given. */
function languageOf(runtime: Arm): CodeLanguage | undefined | { readonly unread: string } {
  if (runtime.kind === 'unknown') return { unread: runtime.why };
  const name = runtime.kind === 'scalar' ? String(runtime.value) : '';
  if (name === '') return undefined;
  if (name.startsWith('nodejs')) return 'javascript';
  if (name.startsWith('python')) return 'python';
  return { unread: `it is written for ${name}, and only JavaScript, TypeScript and Python are read` };
}

function folderIn(code: Arm): { readonly folder: string } | { readonly unread: string } {
  if (code.kind === 'unknown') return { unread: code.why };
  if (code.kind === 'map') return { unread: 'its code lies in a bucket' };
  const written = code.kind === 'scalar' && code.value !== null ? String(code.value) : '.';
  if (/^(?:s3|https?):/i.test(written)) return { unread: 'its code lies in a bucket' };
  return /\.(?:zip|jar|war)$/i.test(written) ? { unread: `its code is packed in ${written}` } : { folder: written };
}

/** What SAM hands to esbuild, relative to the code's folder. */
const entriesIn = (metadata: Tree): readonly string[] =>
  [...leaves(listOf(get(metadata, 'BuildProperties', 'EntryPoints'), (value) => (typeof value === 'string' ? value : '')))]
    .flatMap((list) => (list.kind === 'known' ? list.value : []))
    .flatMap((item) => [...leaves(item)].flatMap((leaf) => (leaf.kind === 'known' && leaf.value ? [leaf.value] : [])));

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime, and what bundlers fill in. */
const GIVEN_BY_LAMBDA = /^(?:AWS_|LAMBDA_|_HANDLER$|_X_AMZN_|LANG$|PATH$|LD_LIBRARY_PATH$|NODE_|PYTHON|TZ$)/;

function variableOf(properties: Tree, name: string): Value<string | undefined> {
  const value = get(properties, 'Environment', 'Variables', name);
  return mapValue(
    valueOf(value, (text) => (text === undefined || text === null ? undefined : String(text))),
    (arm): Value<string | undefined> =>
      arm.kind === 'known' && arm.value === undefined && GIVEN_BY_LAMBDA.test(name)
        ? { kind: 'unknown', why: 'Lambda itself sets this variable', from: arm.from }
        : arm,
  );
}
