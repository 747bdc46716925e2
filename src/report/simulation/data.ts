import type { World } from '../../value/verdict.ts';
import type { Api } from '../../model/api.ts';
import type { Journey } from '../../simulate/journey.ts';
import type { Request } from '../../simulate/request.ts';

/** One request to one API, in some worlds, as reporters get it. */
export interface Told {
  readonly api: Api;
  /** The document that deploys it. */
  readonly file: string;
  /** What was taken off the path of an address: a stage or a base path. */
  readonly without: string;
  readonly request: Request;
  readonly when: World;
  readonly journey: Journey;
}

/** How a simulation is drawn. */
export interface Drawing {
  readonly cwd: string;
  readonly colour: boolean;
}
