/** cors-lint as a library: lint files, read the findings as data, write rules. */
import { nodeIo } from './config/node-io.ts';
import { lint as lintWith, type Input, type LintOptions, type LintResult } from './lint.ts';
import type { Io } from './config/io.ts';

/**
 * Lints files, folders and glob patterns, or texts that you hand over, and returns the findings of each file.
 * Nothing is executed, and nothing outside the repository around a linted file is read.
 *
 * ```ts
 * const { files } = await lint(['serverless.yml']);
 * for (const { path, findings } of files) console.log(path, findings.map(({ message }) => message));
 * ```
 *
 * `io` stands for the file system: hand over `memoryIo({...})` to lint what is on no disk.
 */
export const lint = (inputs: readonly Input[], options: LintOptions = {}, io: Io = nodeIo): Promise<LintResult> =>
  lintWith(inputs, options, io);

export { rules } from '../rules/index.ts';
export type { Entry, Io, Kind } from './config/io.ts';
export { memoryIo } from './config/memory-io.ts';
export { Misuse } from './config/misuse.ts';
export type { Given } from './config/overlay.ts';
export type { Level, Override, Preset } from './engine/active.ts';
export type { Finding, Fix, Harm, Label, Safety, Severity, Slots } from './finding.ts';
export type { Crash, FileResult, Input, LintOptions, LintResult } from './lint.ts';
export { defineRule } from './rule.ts';
export type { Check, Example, Message, Meta, Rule, Suspicion } from './rule.ts';
export type { DocPath, Location, SourceFile } from './source/location.ts';
export { positionAt } from './source/lines.ts';
export { describe } from './value/verdict.ts';
