import type { Location, SourceFile } from '../source/location.ts';

/*
 * Code in the few forms that matter here. JavaScript and Python are lowered to it, and one interpreter walks it without running
 * anything. What a language has and this has not is lowered to `opaque`, which makes unknown what depends on it, and nothing else.
 */

/** One file of code. */
export interface Program {
  readonly file: SourceFile;
  readonly language: 'javascript' | 'python';
  readonly body: Block;
}

export type Block = readonly Statement[];

export type Statement = { readonly at: Location } & (
  | { readonly kind: 'assign'; readonly to: Target; readonly value: Expression; readonly declares: boolean }
  | { readonly kind: 'evaluate'; readonly value: Expression }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'throw'; readonly value: Expression | undefined }
  | { readonly kind: 'if'; readonly test: Expression; readonly then: Block; readonly otherwise: Block }
  /** Any number of turns, none included; `over` is what it walks through. */
  | { readonly kind: 'loop'; readonly binds: Target | undefined; readonly over: Expression | undefined; readonly body: Block }
  | {
      readonly kind: 'try';
      readonly body: Block;
      readonly catches: readonly Catch[];
      /** Nothing is caught where this is false. */
      readonly when?: Expression;
      readonly otherwise: Block;
      readonly finally: Block;
    }
  /** First match; `falls`: a case goes on into the next one. `tests` is undefined for the default. */
  | { readonly kind: 'switch'; readonly on: Expression; readonly cases: readonly Case[]; readonly falls: boolean }
  | { readonly kind: 'jump'; readonly to: 'end' | 'next' }
  | { readonly kind: 'import'; readonly from: string; readonly names: readonly Imported[] }
  /** Of JavaScript: what others may import. Python exports every name. */
  | { readonly kind: 'export'; readonly names: readonly { readonly local: Expression; readonly exported: string }[] }
  /** `export * from './x'`, `from x import *`. */
  | { readonly kind: 'reexport'; readonly from: string }
  | { readonly kind: 'opaque'; readonly why: string; readonly changes: readonly string[] }
);

export interface Catch {
  readonly binds: Target | undefined;
  /** The kinds of errors it takes, as written; empty: all. Each is worked out when an error is there. */
  readonly types: readonly Expression[];
  readonly body: Block;
}

export interface Case {
  readonly tests: readonly Expression[] | undefined;
  readonly body: Block;
}

export interface Imported {
  /** 'default' and '*' (the whole module) among them. */
  readonly name: string;
  readonly local: string;
}

/** What a value is put in. */
export type Target = { readonly at: Location } & (
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: Expression; readonly attribute?: boolean }
  /** `{ a, b: c = 1, ...rest }`. */
  | { readonly kind: 'fields'; readonly fields: readonly Field[]; readonly rest: Target | undefined }
  | { readonly kind: 'items'; readonly items: readonly (Target | undefined)[]; readonly rest: Target | undefined }
  | { readonly kind: 'opaque' }
);

export interface Field {
  readonly name: Expression;
  readonly to: Target;
  readonly otherwise: Expression | undefined;
}

export type Expression = { readonly at: Location } & (
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null | undefined }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'text'; readonly parts: readonly Expression[] }
  /** An object or a dict, in the order in which its entries take effect. */
  | { readonly kind: 'object'; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly items: readonly Argument[] }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string }
  /** `attribute`: Python's `a.b`, which finds no key of a dict, as `a['b']` does. */
  | {
      readonly kind: 'member';
      readonly of: Expression;
      readonly name: Expression;
      readonly optional: boolean;
      readonly attribute?: boolean;
    }
  | {
      readonly kind: 'call';
      readonly callee: Expression;
      readonly args: readonly Argument[];
      /** Python's `name=value`, and `**spread` without a name. */
      readonly named: readonly { readonly name: string | undefined; readonly value: Expression }[];
      readonly makes: boolean;
    }
  | FunctionExpression
  | ClassExpression
  | { readonly kind: 'binary'; readonly op: Operator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'conditional'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
  | { readonly kind: 'assign'; readonly to: Target; readonly value: Expression }
  | { readonly kind: 'await'; readonly of: Expression }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly kind: 'opaque'; readonly why: string; readonly parts: readonly Expression[] }
);

/** `in`: the left is a member of the list, text or keys on the right; `merge`: Python's `|`. */
export type Operator = 'equal' | 'unequal' | 'in' | 'and' | 'or' | 'coalesce' | 'add' | 'merge' | 'less' | 'greater' | 'other';

export type Entry = { readonly key: Expression; readonly value: Expression } | { readonly spread: Expression };
export type Argument = { readonly value: Expression; readonly spreads: boolean };

export interface Parameter {
  readonly to: Target;
  readonly otherwise: Expression | undefined;
  readonly rest: 'items' | 'named' | undefined;
}

export interface FunctionExpression {
  readonly kind: 'function';
  readonly at: Location;
  readonly name: string | undefined;
  readonly params: readonly Parameter[];
  readonly body: Block;
  readonly async: boolean;
  readonly generator: boolean;
  /** `this` is that of the function around it. */
  readonly arrow: boolean;
  /** Python's, outermost first. */
  readonly decorators: readonly Expression[];
}

export interface ClassExpression {
  readonly kind: 'class';
  readonly at: Location;
  readonly name: string | undefined;
  /** In Python, a list of several bases. */
  readonly extends: Expression | undefined;
  readonly members: readonly {
    readonly name: string;
    readonly static: boolean;
    /** A function of the class, not a value of each instance. */
    readonly method?: boolean;
    /** It is called when it is read. */
    readonly getter?: boolean;
    readonly value: Expression | undefined;
    readonly at: Location;
  }[];
  /** Python's: what runs when the class is made; the names it sets are its members. */
  readonly body?: Block;
  readonly decorators: readonly Expression[];
}
