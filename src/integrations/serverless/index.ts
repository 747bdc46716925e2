import type { CompiledService, Told } from './lint-service.ts';

/** What the plugin asks of the framework: the documented interface of plugins, which osls and the Serverless Framework share. */
interface Framework {
  readonly serviceDir: string;
  readonly configurationFilename: string;
  /** All variables resolved. */
  readonly configurationInput: unknown;
  readonly service: {
    readonly custom?: { readonly corsLint?: unknown } | undefined;
    readonly provider: { readonly compiledCloudFormationTemplate?: unknown };
  };
  readonly classes: { readonly Error: new (message: string, code?: string) => Error };
  readonly pluginManager: { spawn(command: string): Promise<unknown> };
  getProvider(name: string): { getStage(): string };
}

interface Options {
  readonly possible?: boolean;
}

interface Utils {
  readonly log: { notice(this: void, text: string): void };
  writeText(this: void, text: string): void;
}

/**
 * The plugin of the Serverless Framework: `plugins: [cors-lint/serverless]`. `package` and `deploy` stop at errors, and
 * `serverless cors-lint` tells what they would meet.
 */
export default class CorsLint {
  readonly commands = {
    'cors-lint': {
      usage: 'Package the service, and tell which of its CORS settings browsers refuse',
      lifecycleEvents: ['lint'],
      options: { possible: { usage: 'Also tell what may or may not hold', type: 'boolean' } },
    },
  };
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(framework: Framework, options: Options, { log, writeText }: Utils) {
    let isAsked = false;
    let told: Told | undefined;
    this.hooks = {
      'cors-lint:lint': async () => {
        isAsked = true;
        await framework.pluginManager.spawn('package');
        if (!told) throw new framework.classes.Error('cors-lint knows services on AWS alone', 'CORS_LINT');
      },
      // The last moment before the template is written: all plugins that have a hand in it have had their turn.
      'before:aws:package:finalize:saveServiceState': async () => {
        const { lintService } = await import('./lint-service.ts');
        told = await lintService(compiled(framework), { possible: options.possible === true });
        const text = told.text.trim();
        if (isAsked) writeText(text === '' && told.stop === undefined ? 'cors-lint: nothing to complain of' : text);
        else if (text !== '') log.notice(text);
        if (told.stop !== undefined) throw new framework.classes.Error(told.stop, 'CORS_LINT');
      },
    };
  }
}

const compiled = (framework: Framework): CompiledService => ({
  folder: framework.serviceDir,
  file: framework.configurationFilename,
  stage: framework.getProvider('aws').getStage(),
  settings: framework.service.custom?.corsLint,
  configuration: framework.configurationInput,
  template: framework.service.provider.compiledCloudFormationTemplate,
});
