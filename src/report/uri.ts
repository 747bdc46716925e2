import path from 'node:path';
import type { Report } from './report.ts';
import { wellFormed } from './text.ts';

/** What the paths for programs are relative to. */
export const rootOf = ({ root, cwd }: Report): string => root ?? cwd;

/** The way from a folder to what lies below it, with slashes on every system; undefined for what does not. */
export function wayTo(file: string, folder: string): string | undefined {
  const way = path.relative(folder, file);
  if (way === '' || way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way)) return undefined;
  return way.replaceAll(path.sep, '/');
}

/** A relative path as a relative reference (RFC 3986): a colon in its first segment would make it a scheme. */
export const uriOf = (way: string): string => encoded(way).replaceAll(':', '%3A');

/** An absolute path as a URI: 'file:///C:/a%20b'. */
export function fileUri(file: string): string {
  const slashed = encoded(file.replaceAll(path.sep, '/'));
  return `file://${slashed.startsWith('/') ? '' : '/'}${slashed}`;
}

const encoded = (text: string): string => encodeURI(wellFormed(text)).replaceAll(/[?#]/g, encodeURIComponent);
