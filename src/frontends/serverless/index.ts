import type { Model } from '../../model/api.ts';
import type { FunctionCode } from '../../model/functions.ts';
import type { Problem } from '../../model/written.ts';
import type { Located } from '../../source/located.ts';
import type { Location } from '../../source/location.ts';
import { get, zip, type Tree, type WorkedOut } from '../../value/tree.ts';
import { known, mapValue, type Question, type Value } from '../../value/value.ts';
import { YES } from '../../value/verdict.ts';
import { resolveIntrinsics } from '../cloudformation/intrinsics.ts';
import { liftTemplate } from '../cloudformation/lift.ts';
import { claims } from './claims.ts';
import type { Document, FrontEnd, LiftContext } from '../frontend.ts';
import { compile } from './compile/compile.ts';
import { majorOf, standardProvider } from './engine.ts';
import { asMade } from './made.ts';
import { DEPLOYMENT_ID, isAlphanumeric } from './naming.ts';
import { Notes } from '../said.ts';
import { readService, type Service } from './service.ts';
import { asText } from '../trees.ts';
import { Resolver } from './variables/resolver.ts';
import { stagesOf, toldApart, type Stage } from './variables/stages.ts';

/** serverless.yml and serverless.json: compiled at each stage that the file knows, then lifted as CloudFormation. */
export const serverless: FrontEnd = {
  name: 'serverless',
  claims,
  lift,
  workOut,
};

function lift(document: Document, context: LiftContext): Model {
  const reading = new Reading(document, context);
  const { question, notes, compiled, template } = compileAll(document, reading.context);
  const { made } = context.settings;
  const hasPlugins = !made && compiled.some(({ service }) => service?.hasPlugins);
  // Plugins make resources of their own, so a Ref to what is not here proves nothing (rules.md, unresolved-reference).
  const lifted = liftTemplate(template, {
    judgeReferences: hasPlugins ? 'none' : 'apis',
    generatedDeployment: DEPLOYMENT_ID,
    codeBeside: document.file.path,
    mentions: notes.mentions,
  });
  const stage: Value<string> = {
    kind: 'choice',
    on: question,
    from: { kind: 'literal', at: document.root.at },
    branches: new Map(question.labels.map((label) => [label, known(label, { kind: 'literal', at: document.root.at })])),
  };
  const incomplete = !made && compiled.some(({ service }) => service?.incomplete);
  return {
    ...lifted,
    ...(lifted.functions && { functions: hasPlugins ? lifted.functions.map(openEnvironment) : lifted.functions }),
    apis: incomplete ? lifted.apis.map((api) => ({ ...api, imported: true })) : lifted.apis,
    ignored: [...notes.ignored, ...lifted.ignored],
    problems: [...reading.problems(), ...notes.problems, ...lifted.problems],
    stage,
    // Whoever names none is told of all.
    ...(context.settings.stages.length > 0 && { stages: toldApart(document, context) }),
  };
}

/** Plugins add variables of their own, such as those of a .env file. */
const openEnvironment = (fn: FunctionCode): FunctionCode => ({
  ...fn,
  env: (name) =>
    mapValue(fn.env(name), (arm) =>
      arm.kind === 'known' && arm.value === undefined ? { kind: 'unknown', why: 'a plugin may set this variable', from: arm.from } : arm,
    ),
});

function workOut(document: Document, context: LiftContext): WorkedOut {
  const { question, compiled, template } = compileAll(document, context);
  const written = new Map(compiled.map(({ stage, resolver }) => [stage.name, resolver.resolve(document.root)]));
  return { written: zip(question, written), deployed: template };
}

/** The service at each stage, and the one template of all. */
function compileAll(document: Document, context: LiftContext): Compiled {
  const stages = stagesOf(document, context);
  const notes = new Notes(stages.map(({ name }) => name));
  const compiled = stages.map((stage) => ({ stage, ...atStage(document, context, stage, notes) }));
  const question = { key: 'stage', name: 'stage', labels: stages.map(({ name }) => name) };
  const trees = new Map(compiled.map(({ stage, template }) => [stage.name, template]));
  const own = zip(question, trees);
  const { made } = context.settings;
  const template = made ? asMade(made.template, own, pluginsIn(document.root)) : own;
  return { question, notes, compiled, template: resolveIntrinsics(template, { path: document.file.path }) };
}

/** Where what plugins make is found: the list of them. */
const pluginsIn = (root: Located): Location => (root.kind === 'map' ? root.entries.get('plugins')?.key : undefined) ?? root.at;

interface Compiled {
  readonly question: Question;
  readonly notes: Notes;
  readonly compiled: readonly (AtStage & { readonly stage: Stage })[];
  readonly template: Tree;
}

interface AtStage {
  readonly template: Tree;
  readonly service: Service | undefined;
  readonly resolver: Resolver;
}

function atStage(document: Document, context: LiftContext, stage: Stage, notes: Notes): AtStage {
  const standard = standardProvider(majorOf(writtenVersion(document.root)), stage.name);
  const resolver = new Resolver({ document, context, stage: stage.name, stageGiven: stage.given, standard }, (missing) =>
    notes.say({ kind: 'unresolved', ...missing }, stage.name),
  );
  const service = readService(resolver, stage.name);
  const nothing: Tree = { kind: 'map', entries: new Map(), from: { kind: 'literal', at: document.root.at } };
  if (!isAws(service.provider)) return { template: nothing, service: undefined, resolver };
  sayRefused(resolver, service, notes);
  return {
    template: compile(service, (said) => notes.say(said, stage.name)),
    service,
    resolver,
  };
}

/** `frameworkVersion` before variables are resolved: it decides how they are. */
function writtenVersion(root: Located): Tree | undefined {
  const written = root.kind === 'map' ? root.entries.get('frameworkVersion')?.value : undefined;
  return written?.kind === 'scalar' ? { kind: 'scalar', value: written.value, from: { kind: 'literal', at: written.at } } : undefined;
}

/** Azure, Google and others have their own gateways, which this linter does not know. */
function isAws(provider: Tree): boolean {
  const name = provider.kind === 'map' ? get(provider, 'name') : provider;
  return name.kind === 'unknown' || asText(name) === 'aws';
}

/** What is refused before anything is compiled: an underscore in a stage (form-014), `service` as a map (form-006). */
function sayRefused(resolver: Resolver, { stage, provider, outcome }: Service, notes: Notes): void {
  const root = resolver.asking.document.root;
  if (stage === '' || !stage.split('').every((character) => character === '-' || isAlphanumeric(character))) {
    notes.say(
      {
        kind: 'refused',
        fatal: false,
        at: get(provider, 'stage').from.at,
        text: `The stage name "${stage}" has other characters than letters, digits and hyphens. ${outcome('deploy it')}`,
      },
      stage,
    );
  }
  const service = resolver.lookup(root, ['service']);
  const major = majorOf(resolver.lookup(root, ['frameworkVersion']));
  if (service?.kind === 'map' && (major === undefined || major >= 3)) {
    notes.say(
      {
        kind: 'refused',
        fatal: true,
        at: service.from.at,
        text: '`service` is a map here. Serverless Framework 3, 4 and osls stop at that and deploy nothing: write the name alone, like `service: orders`.',
      },
      stage,
    );
  }
}

/** The linted document and what it includes; remembers the included ones, to say what is broken in them. */
class Reading {
  readonly context: LiftContext;
  private readonly documents: Set<Document>;

  constructor(document: Document, context: LiftContext) {
    this.documents = new Set([document]);
    this.context = {
      settings: context.settings,
      load: (path) => {
        const loaded = context.load(path);
        if (loaded.kind === 'document' && /\.(ya?ml|json|tfstate)$/.test(path)) this.documents.add(loaded.document);
        return loaded;
      },
    };
  }

  /** js-yaml stops at a duplicate key too, so all of them are fatal (form-009). */
  problems(): readonly Problem[] {
    return [...this.documents].flatMap(({ problems }) =>
      problems.map(({ at, text }): Problem => ({ kind: 'unreadable', at, text, fatal: true, exists: YES })),
    );
  }
}
