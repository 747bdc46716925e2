import path from 'node:path';
import { didYouMean, Misuse } from '../../config/misuse.ts';
import { nodeIo } from '../../config/node-io.ts';
import type { Finding } from '../../finding.ts';
import { lint, type Input, type LintOptions } from '../../lint.ts';
import { messageOf } from '../../report/text.ts';
import { positionAt } from '../../source/lines.ts';
import type { Location } from '../../source/location.ts';
import type { CorsFinding, CorsLintOptions } from './index.ts';

/** Plain data: it goes from thread to thread. */
export type Request = { readonly options: CorsLintOptions } & (
  | { readonly kind: 'files'; readonly files: readonly string[] }
  /** As JSON. */
  | { readonly kind: 'template'; readonly template: string }
);

export type Reply =
  | { readonly kind: 'linted'; readonly findings: readonly CorsFinding[]; readonly apis: number }
  | { readonly kind: 'failed'; readonly why: string };

/** What a template is called that lies on no disk. */
const HANDED = 'stack.template.json';

/** Never throws: the other thread waits for an answer. */
export async function lintCdk(request: Request): Promise<Reply> {
  try {
    return await linted(request);
  } catch (error) {
    const why =
      error instanceof Misuse ? error.sentences.join('\n') : `cors-lint failed, by a fault of its own. Please report it: ${String(error)}`;
    return { kind: 'failed', why };
  }
}

async function linted({ options, ...request }: Request): Promise<Reply> {
  const inputs: readonly Input[] = request.kind === 'files' ? request.files : [{ path: HANDED, content: request.template }];
  const { files, crashes, lifted } = await lint(inputs, settingsOf(options), nodeIo);
  const [crash] = crashes;
  if (crash) throw new Error(`${crash.where} failed at ${crash.file}: ${String(crash.error)}`);
  const findings = files.flatMap((file) => file.findings).filter(({ certainty, suppressed }) => certainty === 'certain' && !suppressed);
  return { kind: 'linted', findings: findings.map(told), apis: lifted.reduce((sum, { model }) => sum + model.apis.length, 0) };
}

function settingsOf(options: CorsLintOptions): LintOptions {
  const { preset, config, failOn, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new Misuse(`cors-lint has no option \`${unknown}\`${didYouMean(unknown, ['failOn', 'preset', 'config'])}`);
  takes('failOn', failOn, ['error', 'warning']);
  takes('preset', preset, ['recommended', 'strict']);
  return { preset, ...(config !== undefined && { config: config && path.resolve(config) }) };
}

/** Not every app is written in TypeScript. */
function takes(name: string, value: unknown, allowed: readonly string[]): void {
  if (value !== undefined && !(allowed as readonly unknown[]).includes(value))
    throw new Misuse(`cors-lint has the option \`${name}\` with ${allowed.join(' or ')}, not ${JSON.stringify(value)}`);
}

function told(finding: Finding): CorsFinding {
  const { rule, severity, primary, constructs: [construct, ...others] = [] } = finding;
  const made = [primary, ...finding.related.map(({ at }) => at)].find(isInResource);
  const [, logicalId, ...property] = made?.path ?? [];
  return {
    rule,
    severity,
    message: messageOf({ ...finding, constructs: [] }) + (others.length > 0 ? ` (so have ${others.length} more constructs)` : ''),
    ...(construct !== undefined && { construct }),
    ...(made && { logicalId: String(logicalId), template: made.file.path }),
    ...(property.length > 0 && { property: property.join('.') }),
    file: primary.file.path,
    ...positionAt(primary.file, primary.start),
  };
}

const isInResource = ({ file, path: [section, id] }: Location): boolean =>
  section === 'Resources' && typeof id === 'string' && file.path.endsWith('.json');
