import { describe, expect, it } from 'vitest';
import type { PartlyComputed } from '../../../../src/frontends/serverless/code/locate.ts';
import type { Located } from '../../../../src/source/located.ts';
import { faults, read, run, walk } from './support.ts';

/**
 * Programs made by chance, with functions that nothing is known of, changes of all kinds and aliases, are read and
 * also run. What is read as known must be what came out; nothing may be missing that was there, or there that was not.
 */

/** Numbers that look random and are always the same (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

class Writer {
  private readonly random: (below: number) => number;
  private readonly lines: string[] = [];
  private names = 0;

  constructor(seed: number) {
    this.random = numbers(seed);
  }

  program(): string {
    for (let i = 0; i < 3 + this.random(4); i += 1) this.declaration();
    for (let i = 0; i < this.random(4); i += 1) this.lines.push(this.random(2) === 0 ? this.change() : `if (maybe()) { ${this.change()} }`);
    for (let i = 0; i < this.random(3); i += 1) this.declaration();
    for (let i = 0; i < this.random(2); i += 1) this.lines.push(this.change());
    this.lines.push(
      `module.exports = { ${this.all()
        .map((name) => `${name}, `)
        .join('')} more: ${this.expression(3)} };`,
    );
    for (let i = 0; i < this.random(2); i += 1)
      this.lines.push(
        this.pick([
          `module.exports.${this.key()} = ${this.expression(2)};`,
          `if (maybe()) module.exports.${this.key()} = ${this.expression(2)};`,
          this.change(),
        ]),
      );
    return this.lines.join('\n');
  }

  private all = (): readonly string[] => Array.from({ length: this.names }, (_, i) => `v${i}`);

  private declaration(): void {
    const value = this.random(2) === 0 ? this.object(3) : this.expression(3);
    const name = `v${this.names}`;
    const form = this.random(10);
    if (form === 0) this.lines.push(`let ${name} = ${value}; if (maybe()) ${name} = ${this.expression(2)};`);
    else if (form === 1) this.lines.push(`const { ${this.key()}: ${name} = ${this.expression(1)} } = { ...${value} };`);
    else if (form === 2) this.lines.push(`const [, ${name} = ${this.expression(1)}] = [1, ${value}];`);
    else this.lines.push(`const ${name} = ${value};`);
    this.names += 1;
  }

  private pick = (options: readonly string[]): string => options[this.random(options.length)] ?? '';

  private key = (): string => `k${this.random(4)}`;

  private name = (): string => (this.names === 0 ? "'none'" : `v${this.random(this.names)}`);

  private place = (): string =>
    this.pick([
      this.name(),
      `${this.name()}?.${this.key()}`,
      `${this.name()}?.['${this.key()}']?.${this.key()}`,
      `${this.name()}?.[${this.random(2)}]`,
    ]);

  private expression(depth: number): string {
    if (depth <= 0) return this.pick(["'a'", "'b'", '1', '0', 'true', 'false', 'null', 'undefined', this.name(), this.place(), 'some()']);
    const inner = (): string => this.expression(depth - 1);
    switch (this.random(10)) {
      case 0:
      case 1:
      case 2:
        return this.object(depth);
      case 3:
        return `[${this.pick(['', `...list(${this.name()}), `, `...(maybe() ? [${inner()}] : []), `])}${inner()}, ${inner()}]`;
      case 4:
        return `(${inner()} ? ${inner()} : ${inner()})`;
      case 5:
        return `(${inner()} ${this.pick(['||', '&&', '??'])} ${inner()})`;
      case 6:
        return `\`x\${text(${this.name()})}y\${${this.pick(["'z'", '7', 'true'])}}\``;
      case 7:
        return `('p' + ${this.pick(["'q'", '3', 'text(1)'])})`;
      case 8:
        return this.place();
      default:
        return this.expression(0);
    }
  }

  private object(depth: number): string {
    const parts = Array.from({ length: 1 + this.random(4) }, () => {
      const inner = this.expression(depth - 1);
      return this.pick([
        `${this.key()}: ${inner}`,
        `${this.key()}: ${inner}`,
        `'${this.key()}': ${inner}`,
        `['k' + ${this.random(4)}]: ${inner}`,
        `...${this.name()}`,
        `...(maybe() && { ${this.key()}: ${inner} })`,
        `...(maybe() ? { ${this.key()}: 1 } : { ${this.key()}: ${inner} })`,
        '...some()',
        `[some2()]: ${inner}`,
      ]);
    });
    return `{ ${parts.join(', ')} }`;
  }

  private change(): string {
    const [place, key, value] = [this.place().replaceAll('?.[', '[').replaceAll('?.', '.'), this.key(), this.expression(1)];
    const safely = (code: string): string => `try { ${code} } catch {}`;
    return safely(
      this.pick([
        `${place}.${key} = ${value};`,
        `${place}['${key}'] = ${value};`,
        `${place}[some2()] = ${value};`,
        `delete ${place}.${key};`,
        `Object.assign(${place}, ${value});`,
        `${place}.push(${value});`,
        `spoil(${place});`,
        `const kept = touch(${place});`,
        `for (const one of Object.values(${place})) one.${key} = 5;`,
        `for (const name in ${place}) ${place}[name] = 6;`,
        `(() => { const local = ${place}; local.${key} = 7; })();`,
        `(() => { const { ${key}: local } = ${place}; const other = [local]; other[0].k0 = 8; })();`,
        `const made = Object.values(${place}).map((one) => { one.${key} = 9; return one; });`,
        `[${place}].forEach((one) => { one.${key} = 10; });`,
        `({ ${key}: ${place}.${key} } = { ${key}: 11 });`,
        `${place}.${key}++;`,
      ]),
    );
  }
}

/** What the programs may call. Their results come from the seed, and so do those of running them. */
function globals(seed: number): Readonly<Record<string, unknown>> {
  const random = numbers(seed);
  const some = (): unknown => [undefined, null, 'k1', 'u', 2, { k0: 'u' }, { k1: { k2: 'u' }, k3: undefined }, ['u']][random(8)];
  const spoil = (value: unknown, depth = 0): void => {
    if (typeof value !== 'object' || value === null || depth > 3) return;
    for (const inner of Object.values(value)) spoil(inner, depth + 1);
    Object.assign(value, { [`k${random(4)}`]: 'spoilt' });
  };
  return {
    some,
    some2: () => `k${random(4)}`,
    maybe: () => random(2) === 0,
    text: () => ['', 'u', 'uu'][random(3)],
    list: (value: unknown) => (Array.isArray(value) ? value : [value]),
    spoil,
  };
}

/** Written in each program, so that what it does can be seen. */
const TOUCH = 'function touch(thing) { thing.k3 = 12; return 0; }\n';

/** Where the tree claims what is not so. */
function lies(located: Located, actual: unknown, path = ''): readonly string[] {
  switch (located.kind) {
    case 'scalar': {
      const { computed, value } = located;
      if (!computed) return Object.is(value, actual ?? null) ? [] : [`${path}: ${JSON.stringify(value)} is ${JSON.stringify(actual)}`];
      const { pieces, known }: PartlyComputed = computed;
      if (known)
        return isObject(actual)
          ? [...known].flatMap(([key, entry]) => lies(entry.value, actual[key], `${path}.${key}`))
          : [`${path}: ${JSON.stringify(actual)} is no map`];
      const pattern = pieces && new RegExp(`^${pieces.map((piece) => piece ?? '.*').join('')}$`);
      return pattern && !(typeof actual === 'string' && pattern.test(actual))
        ? [`${path}: ${JSON.stringify(actual)} does not fit ${String(pattern)}`]
        : [];
    }
    case 'list':
      if (!Array.isArray(actual) || actual.length !== located.items.length)
        return [`${path}: ${located.items.length} items are ${JSON.stringify(actual)}`];
      return located.items.flatMap((item, i) => lies(item, actual[i], `${path}[${i}]`));
    case 'map': {
      if (!isObject(actual)) return [`${path}: a map is ${JSON.stringify(actual)}`];
      const extra = Object.keys(actual).filter((key) => !located.entries.has(key));
      return [
        ...extra.map((key) => `${path}.${key} is missing`),
        ...[...located.entries].flatMap(([key, { value }]) => lies(value, actual[key], `${path}.${key}`)),
      ];
    }
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const PROGRAMS = 1500;

describe('programs made by chance', () => {
  it('are what they are read as', () => {
    const wrong: string[] = [];
    const seen = { ran: 0, known: 0, computed: 0 };
    for (let seed = 1; seed <= PROGRAMS; seed += 1) {
      const code = TOUCH + new Writer(seed).program();
      let outcomes: readonly unknown[];
      try {
        outcomes = [1, 2, 3, 4].map((n) => run(code, globals(seed * 10 + n)));
      } catch {
        continue;
      }
      const parsed = read({ 'serverless.js': code });
      seen.ran += 1;
      for (const node of walk(parsed.root)) if (node.kind === 'scalar') seen[node.computed ? 'computed' : 'known'] += 1;
      const found = [...faults(parsed), ...outcomes.flatMap((actual) => lies(parsed.root, actual))];
      if (found.length > 0) wrong.push(`${seed}: ${found.slice(0, 3).join('; ')}\n${code}`);
    }
    // So that the comparison is not idle.
    expect(seen.ran).toBeGreaterThan(PROGRAMS * 0.9);
    expect(Math.min(seen.known, seen.computed)).toBeGreaterThan(PROGRAMS);
    expect(wrong.slice(0, 3).join('\n\n')).toBe('');
  });
});
