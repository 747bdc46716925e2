import type { Ignored, Mention, Problem } from '../model/written.ts';
import type { Question } from '../value/value.ts';
import { simplify, type Verdict } from '../value/verdict.ts';

/** A problem, an ignored setting or a mention before it is known in which stages it stands. */
export type Said = Without<Ignored> | Without<Problem> | Without<Mention & { readonly kind: 'mention' }>;
type Without<T> = T extends unknown ? Omit<T, 'exists'> : never;

const IGNORED = { property: true, 'cors-on-event': true, inert: true, overridden: true } as const satisfies Record<Ignored['kind'], true>;
const PROBLEMS = {
  unreadable: true,
  refused: true,
  'wrong-shape': true,
  unresolved: true,
  'duplicate-method': true,
} as const satisfies Record<Problem['kind'], true>;

/** Collects what is said stage by stage; the same thing said in several stages is one, of those stages. */
export class Notes {
  private readonly said = new Map<string, { readonly said: Said; readonly stages: Set<string> }>();
  private readonly question: Question;

  constructor(stages: readonly string[]) {
    this.question = { key: 'stage', name: 'stage', labels: stages };
  }

  say(said: Said, stage: string): void {
    const key = keyOf(said);
    const known = this.said.get(key) ?? { said, stages: new Set<string>() };
    known.stages.add(stage);
    this.said.set(key, known);
  }

  get ignored(): readonly Ignored[] {
    return this.of(IGNORED);
  }

  get problems(): readonly Problem[] {
    return this.of(PROBLEMS);
  }

  get mentions(): readonly Mention[] {
    return this.of({ mention: true }).map(({ kind: _kind, ...mention }) => mention);
  }

  private of<K extends Said['kind']>(
    kinds: Readonly<Record<K, true>>,
  ): readonly (Extract<Said, { kind: K }> & { readonly exists: Verdict })[] {
    const is = (said: Said): said is Extract<Said, { kind: K }> => Object.hasOwn(kinds, said.kind);
    return [...this.said.values()].flatMap(({ said, stages }) => (is(said) ? [{ ...said, exists: this.existence(stages) }] : []));
  }

  private existence(stages: ReadonlySet<string>): Verdict {
    const on = this.question;
    return simplify(
      on.labels.map((label) => ({
        when: on.labels.length === 1 ? {} : { [on.key]: { on, labels: [label] } },
        truth: stages.has(label) ? 'yes' : 'no',
        because: [],
      })),
    );
  }
}

/** What is one thing to be told: a missing file however often it is used; a variable that leads nowhere in whichever words of the stage. */
function keyOf(said: Said): string {
  const { at, ...rest } = said;
  if (said.kind === 'unresolved' && said.missing === 'file') return JSON.stringify([at.file.path, said.text]);
  const place = [at.file.path, at.start, at.end];
  return JSON.stringify(said.kind === 'unresolved' ? [...place, said.missing, said.written] : [...place, rest]);
}
