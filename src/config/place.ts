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

/** `path.dirname` of an absolute path without detours. That goes through it letter by letter, and a run asks for it a hundred times. */
export function parentOf(at: string): string {
  const end = path.sep === '/' ? at.lastIndexOf('/') : 0;
  return end > 0 ? at.slice(0, end) : path.dirname(at);
}

/** `path.join` of such a path and a name. */
export const inFolder = (folder: string, name: string): string => (folder.endsWith(path.sep) ? folder + name : folder + path.sep + name);
