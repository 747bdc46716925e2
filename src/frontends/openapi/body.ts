import type { Api, GatewayResponse, Resource } from '../../model/api.ts';
import type { Ignored, Problem } from '../../model/written.ts';
import type { Tree } from '../../value/tree.ts';
import type { List, Value } from '../../value/value.ts';
import type { Route } from '../cloudformation/http-routes.ts';
import type { ManagedCors } from '../cloudformation/managed.ts';
import type { Template } from '../cloudformation/template.ts';

/** What an OpenAPI document is imported into. */
export interface BodyContext {
  /** The template around it, for the functions that it names; an empty one for a document of its own. */
  readonly template: Template;
  /** In which worlds the API is deployed. */
  readonly present: Value<boolean>;
  /** The logical ids that make all of its methods: that of the API; none for a document of its own. */
  readonly names: readonly string[];
}

interface Body {
  readonly problems: readonly Problem[];
  readonly ignored: readonly Ignored[];
  /** All its paths can be seen: nothing of it is left to a macro, a bucket or a parameter. */
  readonly whole: boolean;
}

/** What API Gateway makes of a document that it imports as a REST API. */
export interface RestBody extends Body {
  readonly resources: readonly Resource[];
  readonly gatewayResponses: readonly GatewayResponse[];
  readonly binaryMediaTypes: List<string>;
  readonly keySource: Api['keySource'];
  /** Absent without one. */
  readonly policy: Tree;
}

/** What API Gateway makes of a document that it imports as an HTTP API. */
export interface HttpBody extends Body {
  readonly routes: readonly Route[];
  readonly managed: ManagedCors | undefined;
}
