import type { Ignored, Problem } from '../../model/written.ts';
import type { Question } from '../../value/value.ts';
import { simplify, type Verdict } from '../../value/verdict.ts';

/** A problem or an ignored setting before it is known in which stages it stands. */
export type Said = Without<Ignored> | Without<Problem>;
type Without<T> = T extends unknown ? Omit<T, 'exists'> : never;

/** Collects what is said stage by stage; the same thing said in several stages is one, of those stages. */
export class Notes {
  private readonly said = new Map<string, { readonly said: Said; readonly stages: Set<string> }>();
  private readonly question: Question;

  constructor(stages: readonly string[]) {
    this.question = { key: 'stage', name: 'stage', labels: stages };
  }

  say(said: Said, stage: string): void {
    const { at, ...rest } = said;
    const key = JSON.stringify([at.file.path, at.start, at.end, rest]);
    const known = this.said.get(key) ?? { said, stages: new Set<string>() };
    known.stages.add(stage);
    this.said.set(key, known);
  }

  get ignored(): readonly Ignored[] {
    return this.all().filter((one): one is Ignored => one.kind === 'property' || one.kind === 'cors-on-event');
  }

  get problems(): readonly Problem[] {
    return this.all().filter((one): one is Problem => one.kind !== 'property' && one.kind !== 'cors-on-event');
  }

  private all(): readonly (Ignored | Problem)[] {
    return [...this.said.values()].map(({ said, stages }) => ({ ...said, exists: this.existence(stages) }));
  }

  private existence(stages: ReadonlySet<string>): Verdict {
    const on = this.question;
    return simplify(on.labels.map((label) => ({ when: on.labels.length === 1 ? {} : { [on.key]: { on, labels: [label] } }, truth: stages.has(label) ? 'yes' : 'no', because: [] })));
  }
}
