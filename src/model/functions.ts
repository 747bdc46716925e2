import type { Location } from '../source/location.ts';
import type { Value } from '../value/value.ts';

/** A function that a document deploys, as far as it tells where the code is. */
export interface FunctionCode {
  /** What endpoints call it: `Endpoint.handler`. */
  readonly name: string;
  /** Its logical id, or the framework's name. */
  readonly at: Location;
  readonly source: Value<CodeSource>;
  /** A variable of its environment, as the document gives it; known to be undefined where it gives none. */
  env(name: string): Value<string | undefined>;
}

/** Where the code of a function is. */
export type CodeSource = CodeInFiles | CodeInline;

export type CodeLanguage = 'javascript' | 'python';

interface HandlerName {
  /** As Lambda takes it: 'src/users.list', 'app.lambda_handler'. */
  readonly handler: string;
  /** Undefined where no runtime is said: the file tells. */
  readonly language: CodeLanguage | undefined;
  /** Where the handler is named. */
  readonly at: Location;
}

/** In files beside the document. */
export interface CodeInFiles extends HandlerName {
  readonly kind: 'files';
  /** The file that the paths are relative to the folder of. */
  readonly beside: string;
  /** The folder that is packed: what the handler's path begins in. */
  readonly folder: string;
  /** Source files that a bundler is given, relative to that folder: its output is what the handler names. */
  readonly entries: readonly string[];
}

/** In the document itself. */
export interface CodeInline extends HandlerName {
  readonly kind: 'inline';
  readonly text: string;
  /** The whole text, as it stands in the document. */
  readonly written: Location;
}
