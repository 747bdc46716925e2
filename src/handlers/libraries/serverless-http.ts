import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { native, opaque, promised, textOf, type Thing } from '../interpret/things.ts';
import { answerOf, serves } from './application.ts';
import { isUndefined, method, option, packaged } from './kit.ts';
import type { Library } from './library.ts';
import { invoke } from '../interpret/calls.ts';

const handler = (on: Machine, at: Location, answer: (at: Location) => Thing): Thing =>
  native('handler', at, (_args, place) => promised(answer(place), place));

/** `serverless-http`: `serverless(app, options)`. */
export const serverlessHttp: Library['load'] = () =>
  Promise.resolve((on, at) =>
    packaged(
      method('serverless', at, ([app, options], place) => {
        const changes = option(on, options, 'response', place);
        return handler(on, place, () =>
          isUndefined(changes) ? answerOf(on, app, place) : opaque('the option `response` may change it', changes.at),
        );
      }),
    ),
  );

/** `@vendia/serverless-express`, `@codegenie/serverless-express`: `serverlessExpress({ app })`; and the API of its third version. */
export const serverlessExpress: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const configure = method('serverlessExpress', at, ([options], place) => {
      const app = option(on, options, 'app', place);
      const mode = option(on, options, 'resolutionMode', place);
      const plain = isUndefined(mode) || textOf(mode) === 'PROMISE';
      return handler(on, place, () => (plain ? answerOf(on, app, place) : opaque('the option `resolutionMode` says who gets it', mode.at)));
    });
    return packaged(configure, { configure, ...older(on, at) });
  });

/** `aws-serverless-express`: `proxy(createServer(app), event, context, 'PROMISE')`. */
export const awsServerlessExpress: Library['load'] = () =>
  Promise.resolve((on, at) =>
    packaged(
      native('awsServerlessExpress', at, () => opaque('it is no function', at), new Map(Object.entries(older(on, at)))),
      older(on, at),
    ),
  );

function older(on: Machine, at: Location): Record<string, Thing> {
  return {
    createServer: method('createServer', at, ([app], place) => {
      const server = native('server', place, () => opaque('it is no function', place));
      serves(server, (machine, to) => answerOf(machine, app, to));
      return server;
    }),
    proxy: method('proxy', at, ([server, _event, context, mode, callback], place) => {
      const text = mode && !isUndefined(mode) ? textOf(mode) : 'CONTEXT_SUCCEED';
      if (text === 'PROMISE') {
        const promise = promised(answerOf(on, server, place), place);
        return native('proxied', place, () => opaque('it is no function', place), {
          get: (name) => (name === 'promise' ? promise : undefined),
        });
      }
      const succeed = text === 'CALLBACK' ? callback : context?.kind === 'opaque' ? context.members.get('succeed') : undefined;
      if (!succeed || text === undefined) return opaque('who gets its answer is not known', place);
      const answer = answerOf(on, server, place);
      return invoke(on, succeed, text === 'CALLBACK' ? [opaqueNull(place), answer] : [answer], on.left ?? place);
    }),
  };
}

const opaqueNull = (at: Location): Thing => ({ kind: 'scalar', at, value: null });
