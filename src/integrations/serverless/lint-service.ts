import path from 'node:path';
import type { Io } from '../../config/io.ts';
import { nodeIo } from '../../config/node-io.ts';
import { Misuse } from '../../config/misuse.ts';
import type { Finding } from '../../finding.ts';
import type { Made } from '../../frontends/frontend.ts';
import { lint } from '../../lint.ts';
import { stylish } from '../../report/stylish.ts';
import { count, plural } from '../../report/text.ts';
import { settingsOf } from './settings.ts';

/** A service as the framework holds it when it has compiled it. */
export interface CompiledService extends Made {
  readonly folder: string;
  /** Of its configuration, from the folder. */
  readonly file: string;
  readonly stage: string;
  /** `custom.corsLint`. */
  readonly settings: unknown;
}

/** What the framework is to say, and whether it has to stop. */
export interface Told {
  /** As on a terminal; empty where there is nothing. */
  readonly text: string;
  /** Why it stops; undefined where it goes on. */
  readonly stop: string | undefined;
}

/**
 * Lints what the framework has compiled and tells of the configuration: each finding stands where its value is written. Wrong settings
 * are a reason to stop, too.
 */
export async function lintService(service: CompiledService, { possible = false } = {}, io: Io = nodeIo): Promise<Told> {
  try {
    return await told(service, possible, io);
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    return { text: '', stop: error.sentences.join('\n') };
  }
}

async function told(service: CompiledService, possible: boolean, io: Io): Promise<Told> {
  const { folder, file, stage, configuration, template } = service;
  const { failOn, preset, config } = settingsOf(service.settings);
  const options = {
    cwd: folder,
    stages: [stage],
    made: { configuration, template },
    preset,
    ...(config !== undefined && { config: placeOf(config, folder) }),
  };
  const { files, crashes, notices } = await lint([file], options, io);
  const findings = files.flatMap((one) => one.findings);
  const counts = count(findings);
  const shows = ({ certainty }: Finding): boolean => possible || certainty === 'certain';
  const shown = files.map((one) => ({ path: one.path, findings: one.findings.filter(shows) }));
  const hidden =
    possible || counts.possible === 0
      ? ''
      : `${plural(counts.possible, 'finding')} may or may not hold (serverless cors-lint --possible shows what)\n`;
  const text = [...notices.map((notice) => `${notice}\n`), stylish({ files: shown, hidden: 0, cwd: folder, colour: false }), hidden].join(
    '',
  );
  if (crashes.length > 0) return { text, stop: 'cors-lint failed, by a fault of its own and none of yours. Please report it' };
  const failing =
    failOn === 'never' ? [] : [...named(counts.errors, 'error'), ...(failOn === 'warning' ? named(counts.warnings, 'warning') : [])];
  return {
    text,
    stop:
      failing.length === 0
        ? undefined
        : `cors-lint found ${failing.join(' and ')}, so this goes no further (custom.corsLint.failOn: never lets it)`,
  };
}

const named = (number: number, word: string): readonly string[] => (number > 0 ? [plural(number, word)] : []);

const placeOf = (config: string | false, folder: string): string | false => config && path.resolve(folder, config);
