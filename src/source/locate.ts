import { isAlias, isMap, isScalar, isSeq, type Alias, type Document, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { MAX_DEPTH, MAX_VALUES, TOO_DEEP, TOO_MANY, TOO_MANY_ALIASED } from './limits.ts';
import type { Located, LocatedEntry, LocatedList, LocatedMap, LocatedScalar, SyntaxProblem } from './located.ts';
import type { DocPath, Location, SourceFile } from './location.ts';
import { nothing } from './nothing.ts';
import { duplicateText, inOrder, quoted } from './problem.ts';

/** The located tree of yaml's, with what is wrong with its keys and aliases, in the order of the file. */
export function locate(
  file: SourceFile,
  document: Document.Parsed | undefined,
): { readonly root: Located; readonly problems: readonly SyntaxProblem[] } {
  const locator = new Locator(file, document);
  const root = document?.contents ? locator.node(document.contents, []) : nothing(file, [], 0);
  return { root, problems: inOrder(locator.problems) };
}

/** An anchor's value, shared by all its aliases. Without `value` while it is being read: an alias to it has no end. */
interface Anchor {
  value?: Located;
  /** Values in it, those under its aliases too. */
  size: number;
  /** Lists and maps in it, within each other. */
  height: number;
}

const MERGE = '<<';
const CORE = 'tag:yaml.org,2002:';

class Locator {
  readonly problems: SyntaxProblem[] = [];
  private readonly file: SourceFile;
  /** The latest of each name in the order of the file, as aliases see them. */
  private readonly anchors = new Map<string, Anchor>();
  private readonly brokenKeys: ReadonlySet<number>;
  private size = 0;
  private deepest = 0;
  private full = false;

  constructor(file: SourceFile, document: Document.Parsed | undefined) {
    this.file = file;
    this.brokenKeys = brokenKeys(document?.errors ?? []);
  }

  node(node: ParsedNode, path: DocPath, depth = 0): Located {
    if (isAlias(node)) return this.alias(node, path, depth);
    if (node.anchor === undefined) return this.bare(node, path, depth);
    const { size, deepest } = this;
    const anchor: Anchor = { size: 0, height: 0 };
    this.anchors.set(node.anchor, anchor);
    this.deepest = depth;
    const value = this.bare(node, path, depth);
    Object.assign(anchor, { value, size: this.size - size, height: this.deepest - depth });
    this.deepest = Math.max(deepest, this.deepest);
    return value;
  }

  private bare(node: Exclude<ParsedNode, Alias.Parsed>, path: DocPath, depth: number): Located {
    this.size += 1;
    if (depth > this.deepest) this.deepest = depth;
    if (this.size > MAX_VALUES) this.overflow(this.place(path, node.range[0], node.range[1]), TOO_MANY);
    if (isMap(node)) return this.map(node, path, depth);
    if (isSeq(node)) return this.list(node, path, depth);
    return this.scalar(node, path);
  }

  private scalar(node: Scalar.Parsed, path: DocPath): LocatedScalar {
    const start = node.range[0];
    const plain = node.type === undefined || node.type === 'PLAIN';
    const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    // yaml counts the line break after a block scalar to it; who replaces the scalar would join two lines.
    const end = block ? trimmedEnd(this.file.text, start, node.range[1]) : node.range[1];
    return { kind: 'scalar', ...this.written(node, path, start, end, plain), value: valueOf(node) };
  }

  private list(node: YAMLSeq.Parsed, path: DocPath, depth: number): LocatedList {
    const items: Located[] = [];
    let end = node.range[0];
    for (const item of node.items) {
      if (this.full) break;
      const value = this.node(item, [...path, items.length], depth + 1);
      end = endOf(item, value);
      items.push(value);
    }
    return { kind: 'list', ...this.collection(node, path, end), items };
  }

  private map(node: YAMLMap.Parsed, path: DocPath, depth: number): LocatedMap {
    const entries = new Map<string, LocatedEntry>();
    const merged = new Set<string>();
    let end = node.range[0];
    for (const { key, value: written } of node.items) {
      if (this.full) break;
      const at = this.key(key, path, depth);
      if (!at) continue;
      const before = this.problems.length;
      const value = written ? this.node(written, at.path, depth + 1) : this.none(at);
      end = written ? endOf(written, value) : at.end;
      if (!isMergeKey(key)) this.own(entries, merged, { key: at, value });
      // An alias that could not be followed has its problem already.
      else if (!mergeInto(entries, merged, value) && before === this.problems.length && !this.full)
        this.problem(value.at, '`<<` can only merge maps');
    }
    return { kind: 'map', ...this.collection(node, path, end), entries };
  }

  /** Own keys win over merged ones wherever they stand; of two own ones the last stands. */
  private own(entries: Map<string, LocatedEntry>, merged: Set<string>, entry: LocatedEntry): void {
    const name = String(entry.key.path.at(-1));
    if (entries.delete(name) && !merged.delete(name)) this.problem(entry.key, duplicateText(name), 'duplicate-key');
    entries.set(name, entry);
  }

  private none({ path, end }: Location): LocatedScalar {
    this.size += 1;
    return nothing(this.file, path, end);
  }

  /** Undefined where yaml took for a key what is none. */
  private key(key: ParsedNode, path: DocPath, depth: number): Location | undefined {
    const [start, end] = key.range;
    if (!this.brokenKeys.has(start)) return this.place([...path, isMergeKey(key) ? MERGE : this.keyText(key, path, depth)], start, end);
    // `origin` without its colon, and `headers:` on the next line: the second is a good key.
    const lines = this.file.text.slice(start, end).split('\n');
    const name = lines.at(-1)?.trim() ?? '';
    return isScalar(key) && key.type === 'PLAIN' && lines.length > 1 ? this.place([...path, name], end - name.length, end) : undefined;
  }

  private keyText(key: ParsedNode, path: DocPath, depth: number): string {
    // Read for its anchors, or as the alias that it is.
    const located = isScalar(key) && key.anchor === undefined ? undefined : this.node(key, path, depth + 1);
    if (isScalar(key)) return typeof key.value === 'number' ? (key.source ?? String(key.value)) : String(valueOf(key));
    return located?.kind === 'scalar' ? String(located.value) : this.file.text.slice(key.range[0], key.range[1]).trim();
  }

  private alias(node: Alias.Parsed, path: DocPath, depth: number): Located {
    const at = this.place(path, node.range[0], node.range[1]);
    const source = this.file.text.slice(at.start, at.end);
    const anchor = this.anchors.get(node.source);
    const dead: LocatedScalar = { kind: 'scalar', at, source, plain: true, value: null };
    if (!anchor) {
      // A bare `*` is yaml's error. What it and `*.example.com` were meant to be is plain.
      if (node.source !== '') this.problem(at, unknownAlias(source));
      return { ...dead, value: source };
    }
    if (!anchor.value) {
      this.problem(at, `the alias ${quoted(source)} contains itself`, 'cyclic-alias');
      return dead;
    }
    if (depth + anchor.height > MAX_DEPTH) this.overflow(at, TOO_DEEP);
    else if (this.size + anchor.size > MAX_VALUES) this.overflow(at, TOO_MANY_ALIASED);
    if (this.full) return dead;
    this.size += anchor.size;
    this.deepest = Math.max(this.deepest, depth + anchor.height);
    return anchor.value;
  }

  private overflow(at: Location, text: string): void {
    if (!this.full) this.problem(at, text, 'too-large');
    this.full = true;
  }

  private problem(at: Location, text: string, kind: SyntaxProblem['kind'] = 'syntax'): void {
    this.problems.push({ at, kind, text });
  }

  private place(path: DocPath, start: number, end: number): Location {
    return { file: this.file, path, start, end };
  }

  /** yaml counts what follows a block collection to it, up to the next key; `end` is where its last value ends. */
  private collection(node: YAMLMap.Parsed | YAMLSeq.Parsed, path: DocPath, end: number): Omit<LocatedMap, 'kind' | 'entries'> {
    const [start, close] = node.range;
    const first = this.file.text[start];
    // In `[a: 1]` yaml takes `a: 1` for a flow map too, but it has no brackets.
    const plain = node.flow !== true || (isMap(node) ? first !== '{' : first !== '[');
    return this.written(node, path, start, plain ? Math.max(start, end) : close, plain);
  }

  private written(node: ParsedNode, path: DocPath, start: number, end: number, plain: boolean): Omit<LocatedMap, 'kind' | 'entries'> {
    const at = this.place(path, start, end);
    const source = this.file.text.slice(start, end);
    return node.tag === undefined ? { at, source, plain } : { at, tag: tagOf(node.tag), source, plain };
  }
}

/** False where there is something to merge that is no map. Of merged maps the first that has a key wins. */
function mergeInto(entries: Map<string, LocatedEntry>, merged: Set<string>, value: Located): boolean {
  if (value.kind === 'list') return value.items.every((item) => item.kind === 'map' && mergeInto(entries, merged, item));
  if (value.kind === 'scalar') return false;
  for (const [name, entry] of value.entries) {
    if (entries.has(name)) continue;
    entries.set(name, entry);
    merged.add(name);
  }
  return true;
}

/** Where yaml reads a key and says itself that it can be none. */
function brokenKeys(errors: Document.Parsed['errors']): ReadonlySet<number> {
  const broken = errors.filter(({ code, message }) => code === 'MULTILINE_IMPLICIT_KEY' || message.startsWith('Implicit map keys'));
  return new Set(broken.map(({ pos }) => pos[0]));
}

/** With `merge: true` yaml marks a plain `<<` in a key's place by a symbol. */
const isMergeKey = (key: ParsedNode): boolean => isScalar(key) && typeof key.value === 'symbol';

function valueOf(node: Scalar): LocatedScalar['value'] {
  const { value } = node;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return node.source ?? null;
}

/** yaml spells `!!str` out. */
const tagOf = (tag: string): string => (tag.startsWith(CORE) ? `!!${tag.slice(CORE.length)}` : tag);

/** Where a child ends in its parent: an alias where it stands itself. */
const endOf = (node: ParsedNode, located: Located): number => (isAlias(node) ? node.range[1] : located.at.end);

function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /\s/.test(text[last - 1] ?? '')) last -= 1;
  return last;
}

/** `*.example.com` and `*-api` are wildcards that lack their quotes, `*defaults` is a slip. */
const unknownAlias = (source: string): string =>
  /^\*[\w-]*\w$/.test(source) && !source.startsWith('*-')
    ? `the alias ${quoted(source)} has no anchor ${quoted(`&${source.slice(1)}`)} before it`
    : 'a value that starts with `*` must be quoted, or YAML takes it for an alias';
