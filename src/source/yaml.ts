import { readAny } from './any-yaml.ts';
import { readEveryday } from './everyday/read.ts';
import type { Parsed } from './located.ts';
import type { SourceFile } from './location.ts';

/** YAML as a located tree. Never throws. Of several documents in the file the first is read. */
export const parseYaml = (file: SourceFile): Parsed => readEveryday(file) ?? readAny(file);
