import { ofParts, partsOf, type Part, type Tree, type TreeScalar, type TreeUnknown } from '../../value/tree.ts';
import type { Provenance } from '../../value/value.ts';

/** A text whose stretches know where they come from, holes included. */
export type Text = TreeScalar | TreeUnknown;

export const isText = (tree: Tree): tree is Text => tree.kind === 'scalar' || tree.kind === 'unknown';

/** What Secrets Manager and Parameter Store fill in at deploy time: '{{resolve:ssm:/origin:1}}'. */
const DYNAMIC = '{{resolve:';

/** The text that these parts make. A lone hole keeps the resource that it names. */
export function compose(parts: readonly Part[], from: Provenance, secret = false): Text {
  const first = parts[0];
  // Of what is composed most is one stretch of plain text.
  if (parts.length === 1 && first && 'text' in first && first.text !== '' && !first.text.includes('{{'))
    return { kind: 'scalar', value: first.text, parts, from, ...(secret && { secret }) };
  const whole = dynamic(parts.filter((part) => !('text' in part) || part.text !== ''));
  const text = ofParts(whole, from, secret);
  const [only] = whole;
  if (text.kind !== 'unknown' || whole.length !== 1 || !only || !('hole' in only) || !only.names) return text;
  return { ...text, names: only.names };
}

/** Whether any of the texts came from the environment. */
export const isSecret = (texts: readonly Tree[]): boolean => texts.some((text) => isText(text) && text.secret === true);

/** Dynamic references made holes, also where one is put together from several parts. */
function dynamic(parts: readonly Part[]): readonly Part[] {
  if (!parts.some((part) => 'text' in part && part.text.includes('{{'))) return parts;
  const [before, found] = splitOnce(parts, DYNAMIC);
  if (!found) return parts;
  const [reference, after] = splitOnce(found, '}}');
  if (!after) return parts;
  const service = plain(reference).split(':')[0] || 'a parameter';
  const from = (found[0] ?? reference[0] ?? parts[0])?.from;
  return from ? [...before, { hole: `it is looked up in ${service} at deploy time`, from }, ...dynamic(after)] : parts;
}

/** What stands before the first `mark` in literal text, and behind it; a mark that a hole cuts in two is none. */
export function splitOnce(parts: readonly Part[], mark: string): readonly [before: readonly Part[], after: readonly Part[] | undefined] {
  for (const [i, part] of parts.entries()) {
    const at = 'text' in part ? part.text.indexOf(mark) : -1;
    if (at < 0 || !('text' in part)) continue;
    const head = part.text.slice(0, at);
    const tail = part.text.slice(at + mark.length);
    return [
      [...parts.slice(0, i), ...(head === '' ? [] : [{ ...part, text: head }])],
      [...(tail === '' ? [] : [{ ...part, text: tail }]), ...parts.slice(i + 1)],
    ];
  }
  return [parts, undefined];
}

/** The text between separators, untouched; each with the provenance of the part that it begins in. */
export function splitText(text: Text, separator: string): readonly Text[] {
  const pieces = separator === '' ? [splitOnce(partsOf(text), separator)[0]] : cutAt(partsOf(text), separator);
  return pieces.map((piece) => compose(piece, piece[0]?.from ?? text.from, text.secret));
}

/** What stands before, between and behind the separators of literal text; one that a hole cuts in two is none. */
function cutAt(parts: readonly Part[], separator: string): readonly (readonly Part[])[] {
  let piece: Part[] = [];
  const pieces = [piece];
  for (const part of parts) {
    if (!('text' in part) || !part.text.includes(separator)) {
      piece.push(part);
      continue;
    }
    let isFirst = true;
    for (const text of part.text.split(separator)) {
      if (!isFirst) pieces.push((piece = []));
      isFirst = false;
      if (text !== '') piece.push({ text, from: part.from });
    }
  }
  return pieces;
}

/** The members of a comma-separated header value: trimmed, empty ones left out (RFC 9110, 5.6.1). */
export const membersOf = (text: Text): readonly Text[] =>
  splitText(text, ',')
    .map(trimmed)
    .filter((member) => member.kind === 'unknown' || member.value !== '');

export function trimmed(text: Text): Text {
  // Most are one stretch without blanks around it.
  if (text.kind === 'scalar' && text.parts?.length === 1 && text.parts[0]?.from === text.from && String(text.value).trim() === text.value)
    return text;
  const parts = [...partsOf(text)];
  while (parts[0] && 'text' in parts[0] && parts[0].text.trimStart() === '') parts.shift();
  while (endsBlank(parts)) parts.pop();
  const cut = parts.map((part, i) => {
    if (!('text' in part)) return part;
    const start = i === 0 ? part.text.trimStart() : part.text;
    return { ...part, text: i === parts.length - 1 ? start.trimEnd() : start };
  });
  return compose(cut, cut[0]?.from ?? text.from, text.secret);
}

function endsBlank(parts: readonly Part[]): boolean {
  const last = parts.at(-1);
  return last !== undefined && 'text' in last && last.text.trim() === '';
}

/** The text inside single quotes; undefined where it does not stand in them, or cannot be seen to. */
export function unquoted(text: Text): Text | undefined {
  const parts = partsOf(text);
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last || !('text' in first) || !('text' in last)) return undefined;
  if (!first.text.startsWith("'") || !last.text.endsWith("'") || (parts.length === 1 && first.text.length < 2)) return undefined;
  const inside = parts.map((part, i) =>
    'text' in part ? { text: part.text.slice(i === 0 ? 1 : 0, i === parts.length - 1 ? -1 : undefined), from: part.from } : part,
  );
  const kept = inside.filter((part) => !('text' in part) || part.text !== '');
  return compose(kept, kept.length === 1 ? (kept[0]?.from ?? text.from) : text.from, text.secret);
}

/** The literal text, holes shown as {…}. */
export const plain = (parts: readonly Part[]): string => parts.map((part) => ('text' in part ? part.text : '{…}')).join('');

/** The place of a stretch of a literal, where the file holds the literal word for word; else that of all of it. */
export function stretch(from: Provenance, text: string, start: number, end: number): Provenance {
  if (from.kind !== 'literal') return from;
  const { at } = from;
  const offset = at.file.text.slice(at.start, at.end).indexOf(text);
  return offset < 0 ? from : { kind: 'literal', at: { ...at, start: at.start + offset + start, end: at.start + offset + end } };
}
