import { positionAt } from '../../source/lines.ts';
import type { Location, SourceFile } from '../../source/location.ts';
import { endOfLine, nextLine, startOfLine, whole } from '../text-lines.ts';
import { fileUri, uriOf, wayTo } from '../uri.ts';

export interface ArtifactLocation {
  readonly uri: string;
  /** Whoever reads the log knows where the root is on their machine. */
  readonly uriBaseId?: string;
}

/** 1-based, in UTF-16 units, the end exclusive. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly snippet?: { readonly text: string };
}

export interface PhysicalLocation {
  readonly artifactLocation: ArtifactLocation;
  readonly region: Region;
  readonly contextRegion?: Region;
}

export const SRCROOT = '%SRCROOT%';

/** Of larger places no text is given; around a place, no more than so much. In characters: a template may be one long line. */
const MOST_TEXT = 2000;
const MOST_AROUND = 400;

/** A file by its way from the root; what lies outside has no other name than its own. */
export function artifact(file: string, root: string): ArtifactLocation {
  const way = wayTo(file, root);
  return way === undefined ? { uri: fileUri(file) } : { uri: uriOf(way), uriBaseId: SRCROOT };
}

/** A place with its text, and the lines around it. */
export function physical({ file, start, end }: Location, root: string): PhysicalLocation {
  const place = { artifactLocation: artifact(file.path, root), region: regionOf(file, start, end) };
  if (end - start > MOST_TEXT) return place;
  const [from, to] = around(file, start, end);
  const region = { ...place.region, snippet: { text: file.text.slice(start, end) } };
  // §3.29.5: the context is larger than the region.
  if (from === start && to === end) return { ...place, region };
  return { ...place, region, contextRegion: { ...regionOf(file, from, to), snippet: { text: file.text.slice(from, to) } } };
}

/** Without its text. A byte order mark takes no column. */
export function regionOf(file: SourceFile, start: number, end: number): Region {
  const [from, to] = [positionAt(file, start), positionAt(file, end)];
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

/** From the beginning of the line before to the end of the line after. */
function around(file: SourceFile, start: number, end: number): readonly [number, number] {
  const above = startOfLine(file, Math.max(startOfLine(file, start) - 1, 0));
  const below = endOfLine(file, nextLine(file, end));
  const from = Math.min(start, whole(file.text, Math.max(above, start - MOST_AROUND)));
  return [from, Math.max(end, whole(file.text, Math.min(below, end + MOST_AROUND)))];
}
