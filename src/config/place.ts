import path from 'node:path';
import { positionAt } from '../source/lines.ts';
import type { Location } from '../source/location.ts';

/** A path as the user would write it here. */
export function pathFrom(cwd: string, file: string): string {
  const way = path.relative(cwd, file);
  return way === '' || way.startsWith('..') || path.isAbsolute(way) ? file : way;
}

/** 'serverless.yml:12:9'. */
export function placeFrom(cwd: string, { file, start }: Location): string {
  const { line, column } = positionAt(file, start);
  return `${pathFrom(cwd, file.path)}:${line}:${column}`;
}
