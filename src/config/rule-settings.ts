import type { OptionSchema, Rule } from '../rule.ts';
import type { Located } from '../source/located.ts';
import type { Mistake } from './mistakes.ts';
import { quoted, shown } from './mistakes.ts';
import { didYouMean, noSuchRule } from './misuse.ts';

/** What is wrong with the settings of rules that only the rules can tell: their ids and options. */
export function* ruleMistakes(root: Located, rules: readonly Rule[]): Iterable<Mistake> {
  for (const settings of settingsIn(root)) {
    for (const [id, { key, value }] of settings) {
      const rule = rules.find(({ meta }) => meta.id === id);
      if (rule) yield* optionMistakes(rule, value);
      else
        yield {
          at: key,
          text: noSuchRule(
            id,
            rules.map(({ meta }) => meta.id),
          ).message,
        };
    }
  }
}

/** `rules`, and those of each override. */
function* settingsIn(root: Located): Iterable<ReadonlyMap<string, { readonly key: Located['at']; readonly value: Located }>> {
  if (root.kind !== 'map') return;
  const overrides = root.entries.get('overrides')?.value;
  for (const holder of [root, ...(overrides?.kind === 'list' ? overrides.items : [])]) {
    const settings = holder.kind === 'map' ? holder.entries.get('rules')?.value : undefined;
    if (settings?.kind === 'map') yield settings.entries;
  }
}

function* optionMistakes({ meta, options }: Rule, setting: Located): Iterable<Mistake> {
  const given = setting.kind === 'list' ? setting.items[1] : undefined;
  if (given?.kind !== 'map') return;
  for (const [name, { key, value }] of given.entries) {
    const option = options[name];
    if (!option) {
      const none =
        Object.keys(options).length === 0 ? `the rule ${meta.id} has no options` : `the rule ${meta.id} has no option ${quoted(name)}`;
      yield { at: key, text: none + didYouMean(name, Object.keys(options)) };
    } else if (!FITS[option.type](value, option)) {
      const at = value.at.end > value.at.start ? value.at : key;
      yield { at, text: `the option ${quoted(name)} of ${meta.id} takes ${TAKES[option.type](option)}, not ${shown(value)}` };
    }
  }
}

type Types = OptionSchema['type'];

const FITS: Readonly<Record<Types, (value: Located, option: OptionSchema) => boolean>> = {
  boolean: (value) => value.kind === 'scalar' && typeof value.value === 'boolean',
  integer: (value, option) => value.kind === 'scalar' && Number.isInteger(value.value) && Number(value.value) >= leastOf(option),
  strings: (value) => value.kind === 'list' && value.items.every((item) => item.kind === 'scalar' && typeof item.value === 'string'),
};

const TAKES: Readonly<Record<Types, (option: OptionSchema) => string>> = {
  boolean: () => 'true or false',
  integer: (option) => (leastOf(option) === Number.NEGATIVE_INFINITY ? 'a whole number' : `a whole number from ${leastOf(option)} on`),
  strings: () => 'a list of texts',
};

const leastOf = (option: OptionSchema): number =>
  'minimum' in option && option.minimum !== undefined ? option.minimum : Number.NEGATIVE_INFINITY;
