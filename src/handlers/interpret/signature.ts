/** Equal for what says the same, wherever it stands. */
export const signature = (thing: unknown): string =>
  JSON.stringify(thing, (key, value: unknown) =>
    key === 'at' || key === 'from' || key === 'why'
      ? undefined
      : value instanceof Map
        ? [...(value as ReadonlyMap<unknown, unknown>)]
        : value === undefined
          ? '<undefined>'
          : value,
  );
