import { parseJavaScript } from '../../../source/javascript.ts';
import type { Comment, SyntaxProblem } from '../../../source/located.ts';
import type { SourceFile } from '../../../source/location.ts';
import { parse } from '../../../source/parse.ts';
import { quoted } from '../../../source/problem.ts';
import { changesIn, type Change } from './changes.ts';
import { declared } from './declared.ts';
import type { Module } from './evaluate.ts';
import { folderOf, isAbsolute, nameOf, type LoadText } from './load.ts';
import { fromLocated } from './shape.ts';
import { candidates, isJson, isRelative, isTyped } from './specifiers.ts';
import { Aliases } from './tsconfig.ts';
import type { Val } from './value.ts';

/** Files, and characters in them, that one configuration may be made of beside the linted file. */
const MAX_FILES = 1000;
const MAX_TEXT = 2 * 1024 * 1024;

/** What a specifier leads to. */
export type Found =
  | { readonly kind: 'code'; readonly module: Module }
  | { readonly kind: 'data'; readonly val: Val }
  /** Why it is not known; `closed` where it is the loader that says so. */
  | { readonly kind: 'none'; readonly why: string; readonly closed?: true };

/** The files of one configuration, each read once, when it is first asked for. */
export class Library {
  readonly problems: SyntaxProblem[] = [];
  readonly comments: Comment[] = [];
  private readonly load: LoadText;
  private readonly opened: (module: Module, changes: readonly Change[]) => void;
  private readonly aliases: Aliases;
  private readonly byPath = new Map<string, Found | undefined>();
  private readonly byFile = new Map<SourceFile, Found>();
  private readonly bySpecifier = new Map<string, Found>();
  private length = 0;

  /** `opened` hears of each module, and of what is done in it, before anything of it is worked out. */
  constructor(load: LoadText, opened: (module: Module, changes: readonly Change[]) => void) {
    this.load = load;
    this.opened = opened;
    this.aliases = new Aliases(load);
  }

  /** The linted file, which the others may import too. */
  root(file: SourceFile): Found {
    const path = nameOf(file.path);
    const found = this.byFile.get(file) ?? this.read(file, path);
    this.byPath.set(path, found);
    return found;
  }

  find(module: Module, specifier: string): Found {
    const key = `${module.folder}\n${isTyped(module.file.path)}\n${specifier}`;
    const known = this.bySpecifier.get(key);
    if (known) return known;
    const found = this.search(module, specifier);
    this.bySpecifier.set(key, found);
    return found;
  }

  private search(module: Module, specifier: string): Found {
    const typed = isTyped(module.file.path);
    if (isAbsolute(specifier)) return { kind: 'none', why: `it comes from ${quoted(specifier)}, which is a path on one machine alone` };
    const relative = isRelative(specifier);
    const places = relative
      ? candidates(module.folder, specifier, typed)
      : this.aliases.places(specifier).flatMap((path) => candidates('', path, typed));
    let closed: Found | undefined;
    for (const path of places) {
      const found = this.open(path);
      if (found && !(found.kind === 'none' && found.closed)) return found;
      closed ??= found;
    }
    if (closed) return closed;
    const why = relative
      ? `there is no file of code or JSON that "${specifier}" could mean`
      : `it comes from the package '${specifier}', which is not read`;
    return { kind: 'none', why };
  }

  /** Undefined where there is no such file. */
  private open(path: string): Found | undefined {
    if (this.byPath.has(path)) return this.byPath.get(path);
    const loaded = this.load(path);
    let found: Found | undefined;
    if (loaded.kind === 'closed') found = { kind: 'none', why: loaded.why, closed: true };
    if (loaded.kind === 'text') found = this.byFile.get(loaded.file) ?? this.bounded(loaded.file, path);
    this.byPath.set(path, found);
    return found;
  }

  private bounded(file: SourceFile, path: string): Found {
    this.length += file.text.length;
    if (this.length > MAX_TEXT || this.byFile.size >= MAX_FILES) return { kind: 'none', why: 'it is made of too much code' };
    return this.read(file, path);
  }

  private read(file: SourceFile, path: string): Found {
    return isJson(path) ? this.data(file, path) : this.code(file, path);
  }

  private data(file: SourceFile, path: string): Found {
    const { root, problems } = parse(file);
    this.problems.push(...problems);
    return this.keep(
      file,
      problems.length > 0 ? { kind: 'none', why: `"${path}" cannot be read` } : { kind: 'data', val: fromLocated(root) },
    );
  }

  private code(file: SourceFile, path: string): Found {
    const parsed = parseJavaScript(file, isTyped(path));
    if ('problem' in parsed) {
      this.problems.push(parsed.problem);
      return this.keep(file, { kind: 'none', why: `"${path}" cannot be read` });
    }
    this.comments.push(...parsed.comments);
    const tables = declared(parsed.program);
    const { reassigned, changes, changesGiven } = changesIn(parsed.program, new Set(tables.bindings.keys()), tables.assigned.counted);
    const module: Module = { file, folder: folderOf(path), declared: tables, reassigned, changesGiven };
    // Kept first: what is changed may lead back here.
    const found = this.keep(file, { kind: 'code', module });
    this.opened(module, changes);
    for (const specifier of tables.effects) this.find(module, specifier);
    return found;
  }

  private keep(file: SourceFile, found: Found): Found {
    this.byFile.set(file, found);
    return found;
  }
}
