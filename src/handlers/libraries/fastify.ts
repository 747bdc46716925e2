import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import type { Machine } from '../interpret/machine.ts';
import { native, opaque, promised, textOf, type Native, type Thing } from '../interpret/things.ts';
import { answerOf, applicationOf, serves } from './application.ts';
import { serve, type Hook, type Instance } from './fastify-walk.ts';
import { chained } from './handed.ts';
import { having, isUndefined, method, none, option, packaged, textsIn, whyOf, waited } from './kit.ts';
import type { Library } from './library.ts';

const METHODS = ['get', 'post', 'put', 'delete', 'patch', 'options', 'head'];

/** Plugins that apply to the instance that they are registered on, not to one of their own within it. */
const shared = new WeakSet<Thing>();
/** Plugins that do nothing to answers. */
const quiet = new WeakSet<Thing>();
const instances = new WeakMap<Thing, Instance>();

/** `fastify`. */
export const fastify: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const make = method('fastify', at, (_args, place) => {
      const root: Instance = { parent: undefined, hooks: [], routes: [], plugins: [], prefix: '', onError: undefined, notFound: undefined };
      const app = thingOf(on, root, place);
      serves(app, (machine, to) => {
        load(machine, root);
        return serve(machine, root, to);
      });
      return app;
    });
    return packaged(make, { fastify: make, Fastify: make });
  });

/** `@fastify/aws-lambda`: `awsLambdaFastify(app)`. */
export const fastifyLambda: Library['load'] = () =>
  Promise.resolve((on, at) => {
    const make = method('awsLambdaFastify', at, ([app, options], place) => {
      const streams = !isUndefined(option(on, options, 'payloadAsStream', place));
      return native('handler', place, (_args, to) => promised(streams ? opaque('it is streamed', to) : answerOf(on, app, to), to));
    });
    return packaged(make, { awsLambdaFastify: make });
  });

/** `fastify-plugin`: `fp(plugin)`. */
export const fastifyPlugin: Library['load'] = () =>
  Promise.resolve((on, at) =>
    packaged(
      method('fp', at, ([plugin], place) => {
        const wrapped = native('plugin', place, (args, to) => (plugin ? invoke(on, plugin, args, to) : none(to)));
        shared.add(wrapped);
        return wrapped;
      }),
    ),
  );

/** Plugins of Fastify that set no header of CORS. */
export const fastifyQuiet: Library['load'] = () =>
  Promise.resolve((_on, at) => {
    const plugin = method('plugin', at, (_args, place) => none(place));
    const given = packaged(plugin);
    for (const one of [plugin, given]) quiet.add(one);
    return given;
  });

/** What a library gives as a plugin for the whole instance. */
export function pluginOf(plugin: Thing): Thing {
  shared.add(plugin);
  return plugin;
}

/** What is registered is loaded in that order; what is within a plugin sees the hooks that are there by then. */
function load(on: Machine, instance: Instance): void {
  for (let next = instance.plugins.shift(); next; next = instance.plugins.shift()) {
    const { plugin, options, at } = next;
    const given = waited(on, plugin, at);
    const main = given.kind === 'native' && !shared.has(given) ? (given.members?.get('default') ?? given) : given;
    if (quiet.has(main)) continue;
    if (main.kind !== 'function' && main.kind !== 'native') {
      instance.hooks.push({ name: 'onRequest', does: opaque(whyOf(main), at), at });
      continue;
    }
    const prefix = options ? option(on, options, 'prefix', at) : undefined;
    const inner: Instance = shared.has(main)
      ? instance
      : {
          parent: instance,
          hooks: [...instance.hooks],
          routes: [],
          plugins: [],
          prefix: `${instance.prefix}/${(prefix && textOf(prefix)) ?? ''}`,
          onError: undefined,
          notFound: undefined,
        };
    // What it registers itself comes before what is registered after it.
    const later = instance.plugins.splice(0);
    const done = method('done', at, (_args, place) => none(place));
    waited(on, invoke(on, main, [thingOf(on, inner, at), options ?? none(at), done], at), at);
    load(on, inner);
    instance.plugins.push(...later);
    if (inner !== instance) instance.routes.push(...inner.routes);
  }
}

function thingOf(on: Machine, instance: Instance, at: Location): Thing {
  const own = new Map<string, Thing>();
  // What it is told besides is of no consequence to its answers.
  const made: Native = applicationOf(
    'fastify',
    at,
    having(own, (name) => (/^(?:then|catch|finally)$/.test(name) ? undefined : method(name, at, () => made))),
    (why) => void instance.hooks.push({ name: 'onRequest', does: opaque(why, at), at }),
  );
  const give = chained(on, own, at, () => made);
  give('register', ([plugin, options], place) => {
    if (plugin) instance.plugins.push({ plugin, options, at: place });
  });
  give('addHook', ([name, does], place) => {
    const text = textOf(name);
    if (does && text !== undefined) instance.hooks.push({ name: text, does, at: place });
  });
  give('setErrorHandler', ([handler]) => void (instance.onError = handler));
  give('setNotFoundHandler', (args) => void (instance.notFound = args.at(-1)));
  give('route', ([options], place) => {
    routed(
      on,
      instance,
      textsIn(option(on, options, 'method', place)),
      option(on, options, 'url', place),
      options,
      option(on, options, 'handler', place),
      place,
    );
  });
  for (const name of [...METHODS, 'all']) {
    const methods = name === 'all' ? undefined : name === 'get' ? ['GET', 'HEAD'] : [name.toUpperCase()];
    give(name, ([path, ...more], place) => {
      const options = more.find(({ kind }) => kind === 'object');
      routed(on, instance, methods, path, options, more.findLast((one) => one !== options) ?? option(on, options, 'handler', place), place);
    });
  }
  instances.set(made, instance);
  return made;
}

function routed(
  on: Machine,
  instance: Instance,
  methods: readonly string[] | undefined,
  path: Thing | undefined,
  options: Thing | undefined,
  handler: Thing,
  at: Location,
): void {
  const hooks = ['onRequest', 'preParsing', 'preValidation', 'preHandler', 'onSend'].flatMap((name): Hook[] => {
    const given = options ? option(on, options, name, at) : undefined;
    if (!given || isUndefined(given)) return [];
    return (given.kind === 'list' ? given.items : [given]).map((does) => ({ name, does, at: does.at }));
  });
  // A route may have settings of its own for the plugins, those of CORS among them.
  const config = options ? option(on, options, 'config', at) : undefined;
  if (config && !isUndefined(config))
    hooks.push({ name: 'onRequest', does: opaque('the route has settings of its own', config.at), at: config.at });
  const validates = options !== undefined && !isUndefined(option(on, options, 'schema', at));
  instance.routes.push({ methods, path, prefix: instance.prefix, instance, hooks, handler, validates, at });
}
