import type { Model } from '../model/api.ts';
import type { Located, Parsed } from '../source/located.ts';
import type { Location, Origin, SourceFile } from '../source/location.ts';
import type { Tree, WorkedOut } from '../value/tree.ts';
import type { LoadText } from './serverless/code/load.ts';

/** A dialect: says which documents are its own. */
export interface Dialect {
  readonly name: 'serverless' | 'sam' | 'cloudformation' | 'openapi' | 'cdk';
  /** By content, whatever the file is called. */
  claims(root: Located): boolean;
  /** What lifts them. Loaded when there is one: a run seldom meets more than one dialect. */
  load(): Promise<FrontEnd>;
}

/** Lifts documents of one dialect to the neutral model. */
export interface FrontEnd extends Pick<Dialect, 'name' | 'claims'> {
  lift(document: Document, context: LiftContext): Model;
  /** The values of the document and of what is deployed, each with its provenance: for who asks where one comes from. */
  workOut?(document: Document, context: LiftContext): WorkedOut;
  /** The templates that CloudFormation is handed, the document's own first; left out where there are none to compare. */
  stacks?(document: Document, context: LiftContext): readonly StackTemplate[];
  /** Of a document that a program wrote: which part of the program wrote what. Asked only where something is found. */
  originsOf?(document: Document, context: LiftContext): (at: Location) => Origin | undefined;
}

/** A template as CloudFormation is handed it: its functions are in the long form, and not worked out. */
export interface StackTemplate {
  /** What its logical ids stand under: '', and 'Nested/' in the template of the stack `Nested`. */
  readonly scope: string;
  readonly template: Tree;
  /** Deployments that get another id by a hash of their API's document (`content`), or with every deploy (`always`). */
  readonly renewed?: ReadonlyMap<string, 'content' | 'always'>;
}

/** A file that was read and parsed. */
export interface Document extends Parsed {
  readonly file: SourceFile;
}

/** All that a front end may know of the world outside its document. Nothing here executes anything. */
export interface LiftContext {
  /** Another file, by its path relative to the folder of the linted document. Read at most once a run. */
  load(path: string): Loaded;
  /** As `load`, for a file that tells of the document and is no part of what it deploys: a manifest. Left out where there are no others. */
  readonly consult?: LiftContext['load'];
  /** Code, for the places in it alone. As `load`: relative to the linted file's folder, inside the repository. */
  readonly loadText?: LoadText;
  readonly settings: Settings;
}

export type Loaded =
  | { readonly kind: 'document'; readonly document: Document }
  | { readonly kind: 'missing' }
  /** Not to be read, and why: ends "not known before deployment: …". */
  | { readonly kind: 'closed'; readonly why: string };

/** What the user says of the deployment, by options or the config. */
export interface Settings {
  /** --stage: judge these alone; empty: every stage that the file knows. */
  readonly stages: readonly string[];
  /** --param k=v. */
  readonly params: Readonly<Record<string, string>>;
  /** Parameters that are handed over and not known, and why: what a compose file takes from another service. */
  readonly openParams?: ReadonlyMap<string, string>;
  /** --env or --env-file; undefined: environment variables are unknown. */
  readonly env: Readonly<Record<string, string>> | undefined;
  /** What the framework itself made of a service, where it is it that asks. */
  readonly made?: Made | undefined;
}

/** A service at one stage, as plain data: nothing of it is unknown any more. */
export interface Made {
  /** All variables resolved. */
  readonly configuration: unknown;
  /** The compiled template. */
  readonly template: unknown;
}
