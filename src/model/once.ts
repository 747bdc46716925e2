/** Several rules ask the same of one part of a model, which never changes: it is worked out once. */
export function oncePer<K extends object, T extends object>(make: (part: K) => T): (part: K) => T {
  const made = new WeakMap<K, T>();
  return (part) => {
    const before = made.get(part);
    if (before) return before;
    const now = make(part);
    made.set(part, now);
    return now;
  };
}

/** The same, of a part and the whole that it is looked at in. */
export function oncePerPair<K extends object, W extends object, T extends object>(
  make: (part: K, whole: W) => T,
): (part: K, whole: W) => T {
  const within = oncePer((whole: W) => oncePer((part: K) => make(part, whole)));
  return (part, whole) => within(whole)(part);
}
