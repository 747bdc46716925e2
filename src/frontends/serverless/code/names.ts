import type { Binding, Step } from './declared.ts';
import type { Evaluator, Module } from './evaluate.ts';
import { siteOf } from './evaluate.ts';
import { keyOf } from './literals.ts';
import { constant, property, unknown, type Site, type Val } from './value.ts';

type Variable = Extract<Binding, { kind: 'variable' }>;

/** What a variable holds: what it was declared with, if nothing else is ever put into it. */
export function variable(binding: Variable, evaluator: Evaluator, module: Module, site: Site, lenient: boolean): Val {
  const { init } = binding;
  const others = module.reassigned.get(binding.name);
  if (others) {
    const maybe = (): readonly Val[] => [...(init ? [init] : []), ...others].map((node) => evaluator.evaluate(node, module));
    return unknown(`the variable \`${binding.name}\` is set more than once`, site, { maybe });
  }
  const inItself = site.file === module.file && init !== undefined && site.start >= init.start && site.end <= init.end;
  if (inItself || (!lenient && site.file === module.file && site.start < binding.end))
    return unknown(`\`${binding.name}\` is read before it is set`, site);
  if (!init) return constant(undefined, site);
  return binding.steps.reduce<Val>((val, step) => taken(val, step, evaluator, module), evaluator.evaluate(init, module));
}

function taken(val: Val, { key, at, fallback }: Step, evaluator: Evaluator, module: Module): Val {
  const site = siteOf(at, module);
  const maybe = (): readonly Val[] => [val];
  if (key === undefined) return unknown(val.kind === 'unknown' ? val.why : 'it is the rest of what is taken apart', site, { maybe });
  const evaluate = (node: Parameters<Evaluator['evaluate']>[0]): Val => evaluator.evaluate(node, module);
  const name = typeof key === 'string' ? { name: key } : keyOf(key, true, evaluate);
  const inner = 'why' in name ? unknown(name.why, site, { maybe }) : property(val, name.name, site);
  if (inner.kind === 'constant') return fallback && inner.value === undefined ? evaluate(fallback) : inner;
  if (inner.kind !== 'unknown') return inner;
  // What is text is not undefined.
  if (!fallback || inner.pieces) return { ...inner, maybe };
  return unknown(inner.why, site, { maybe: () => [val, evaluate(fallback)] });
}

/** Names that no module declares. */
export function globalOf(name: string, site: Site, exports: () => Val): Val {
  switch (name) {
    case 'undefined':
      return constant(undefined, site);
    case 'NaN':
    case 'Infinity':
      return unknown(`it is ${name}`, site);
    case 'exports':
      return exports();
    case 'module':
      return unknown('it is told by the engine that runs the code', site, {
        member: (key, at) => (key === 'exports' ? exports() : unknown('it is told by the engine that runs the code', at)),
      });
    case 'process':
      return processOf(site);
    case '__dirname':
    case '__filename':
      return unknown('it is a path on the machine that deploys', site);
    default:
      return unknown(`\`${name}\` is not set at the top level of this file`, site);
  }
}

/** `process`, also where it is imported by that name: of it only the environment has a name that people know. */
export const processOf = (site: Site): Val =>
  unknown(PROCESS, site, {
    member: (key, at) => (key === 'env' ? unknown('it is the whole environment', at, { member: environment }) : unknown(PROCESS, at)),
  });

const PROCESS = 'it is told by the process that deploys';

const environment = (key: string, site: Site): Val => unknown(`it is the environment variable ${key}`, site);
