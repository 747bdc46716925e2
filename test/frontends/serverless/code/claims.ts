import type { PartlyComputed } from '../../../../src/frontends/serverless/code/locate.ts';
import type { Located } from '../../../../src/source/located.ts';
/** Where the tree claims what is not so. */
export function lies(located: Located, actual: unknown, path = ''): readonly string[] {
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
