import type { Location } from '../source/location.ts';
import type { List, Value } from '../value/value.ts';
import type { Verdict } from '../value/verdict.ts';
import type { CorsHeaders, Managed } from './api.ts';

/** An S3 bucket that answers browsers: one with a CORS configuration. */
export interface Bucket {
  readonly at: Location;
  readonly exists: Verdict;
  /** The logical id. */
  readonly name: string;
  readonly rules: readonly BucketRule[];
}

/** A rule of it: applies where origin, method and all requested headers match (O10). */
export interface BucketRule {
  readonly at: Location;
  readonly exists: Verdict;
  readonly origins: List<string>;
  readonly methods: List<string>;
  readonly headers: List<string>;
  readonly expose: List<string>;
  readonly maxAge: Value<string | undefined>;
}

/** A CloudFront distribution with an API behind it. */
export interface Distribution {
  readonly at: Location;
  readonly exists: Verdict;
  readonly name: string;
  /** Its own host names; without any it has the one that CloudFront gives it. */
  readonly aliases: List<string>;
  /** Those in front of an API. */
  readonly behaviors: readonly Behavior[];
  /** It serves something else besides, a site most likely, whose pages then call the API of the same origin. */
  readonly servesMore: boolean;
}

/** What a distribution does with the requests of one path pattern, before an API sees them and after. */
export interface Behavior {
  readonly at: Location;
  readonly exists: Verdict;
  /** '*' for the default one. */
  readonly path: Value<string>;
  readonly origin: 'execute-api' | 'lambda-url';
  /** The `name` of the API, where the template shows which it is. */
  readonly api: string | undefined;
  /** GET and HEAD where nothing is said (O7). */
  readonly allowedMethods: List<string>;
  readonly cachedMethods: List<string>;
  /** Answers are kept for a while. */
  readonly caches: Value<boolean>;
  /** Request headers that answers are kept apart by; '*' for all. */
  readonly cachesOn: List<string>;
  /** Request headers that reach the API, those of `cachesOn` included; '*' for all, Host too. */
  readonly forwards: List<string>;
  /** http:// is answered with a redirect, which no preflight may meet (B2). */
  readonly redirects: Value<boolean>;
  /**
   * It signs what it passes on, so that browsers need no signature themselves: the origin access control of a function URL. Undefined where
   * none is seen.
   */
  readonly signs?: Value<boolean>;
  /** The response headers policy. */
  readonly cors: Managed | undefined;
  /** Its headers take the place of those of the API (O6). */
  readonly overrides: Value<boolean>;
}

/** A listener of a load balancer that adds CORS headers itself (O2). Its values are plain, without quotes. */
export interface Listener {
  readonly at: Location;
  readonly exists: Verdict;
  readonly name: string;
  readonly headers: CorsHeaders;
}
