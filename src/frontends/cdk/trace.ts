/** Where a frame of a stack trace stands: as the machine that synthesized knew it, 1-based. */
export interface Frame {
  /** Absolute, on that machine. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Longer lines are no frames. */
const MAX_LENGTH = 2000;

/** 'new Shop (/app/lib/shop.ts:28:112)', '/app/bin.ts:3:24', 'fn (C:\app\lib.ts:1:2)', 'at fn (file:///app/lib.mjs:1:2)'. */
const PLACE = /^(.*):(\d{1,7}):(\d{1,7})\)?$/;
const START = /(?:^|\(|\s)(?:file:\/\/)?((?:\/|[A-Za-z]:[/\\]).*)$/;

/** Code that people write: what is not JavaScript or TypeScript has no place that a comment could be put beside. */
const CODE = /\.[cm]?[jt]sx?$/;

/**
 * The frames of a trace that lie in somebody's own code. From 2.251 on the CDK puts libraries and Node's own frames together
 * as '...new RestApi2 in aws-cdk-lib...'; older traces list them.
 */
export function* ownFrames(trace: readonly string[]): Iterable<Frame> {
  for (const text of trace) {
    if (text.length > MAX_LENGTH || text.startsWith('...')) continue;
    const [, before = '', line, column] = PLACE.exec(text.trim()) ?? [];
    // The outermost parenthesis: a folder may have one in its name.
    const file = decoded(START.exec(before)?.[1] ?? '');
    if (!CODE.test(file) || /(?:^|[/\\])node_modules[/\\]/.test(file)) continue;
    yield { file, line: Number(line), column: Number(column) };
  }
}

/** URLs write a space as %20, and Windows' drives behind a slash. */
function decoded(path: string): string {
  const plain = path.replace(/^\/(?=[A-Za-z]:[/\\])/, '');
  if (!plain.includes('%')) return plain;
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
