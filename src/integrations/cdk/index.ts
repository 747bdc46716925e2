import packageJson from '../../../package.json' with { type: 'json' };
import type { Reply, Request } from './lint-cdk.ts';
import { ask } from './sync.ts';

/** One thing that is wrong. */
export interface CorsFinding {
  /** The rule, of which `npx cors-lint explain <rule>` tells more. */
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  /** 'Prod/Shop/Api/Default/OPTIONS/Resource', where the template or its manifest says it. */
  readonly construct?: string;
  readonly logicalId?: string;
  /** Within the resource: 'Properties.Cors.AllowOrigins.0'. */
  readonly property?: string;
  /** The template that has it; of `lintTemplate`, a name for what was handed over. */
  readonly template?: string;
  /** The place to mend: code where it is known, else the template. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface CorsLintOptions {
  /** What fails: errors alone, or warnings too. */
  readonly failOn?: 'error' | 'warning';
  readonly preset?: 'recommended' | 'strict';
  /** The config file to go by; false: none. Otherwise the nearest one above the template. */
  readonly config?: string | false;
}

/** What the plugin reads of IPolicyValidationContext, and of the same of CDK versions before 2.251. */
export interface ValidationContext {
  readonly templatePaths: readonly string[];
}

/** PolicyValidationPluginReport of aws-cdk-lib; PolicyValidationPluginReportBeta1 as well. */
export interface ValidationReport {
  readonly success: boolean;
  readonly violations: Violation[];
}

export interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity: string;
  readonly fix: string;
  readonly violatingResources: ViolatingResource[];
}

export interface ViolatingResource {
  readonly resourceLogicalId: string;
  readonly templatePath: string;
  readonly locations: string[];
}

/** A template: `Template.fromStack(stack)`, or as JSON. */
export type TemplateLike = { toJSON(): unknown } | Readonly<Record<string, unknown>>;

/**
 * `Validations.of(app).addPlugins(new CorsLintPlugin())`, or `new App({ policyValidationBeta1: [new CorsLintPlugin()] })`: `cdk synth`
 * fails where browsers would.
 */
export class CorsLintPlugin {
  readonly name: string = 'cors-lint';
  readonly version: string = packageJson.version;
  private readonly options: CorsLintOptions;

  constructor(options: CorsLintOptions = {}) {
    this.options = options;
  }

  /** Called by `synth`, with all templates but nested ones; these are read with their parents. */
  validate({ templatePaths }: ValidationContext): ValidationReport {
    const { findings } = answered({ kind: 'files', files: [...templatePaths], options: this.options });
    const violations = new Map<string, Violation>();
    for (const finding of findings) {
      const key = JSON.stringify([finding.rule, finding.message]);
      const violation = violations.get(key) ?? violationOf(finding);
      violation.violatingResources.push(resourceOf(finding, templatePaths));
      violations.set(key, violation);
    }
    return { success: !findings.some((finding) => fails(finding, this.options)), violations: [...violations.values()] };
  }
}

const violationOf = ({ rule, severity, message }: CorsFinding): Violation => ({
  ruleName: rule,
  description: message,
  // The CDK has three names for how bad it is.
  severity: severity === 'note' ? 'info' : severity,
  fix: `npx cors-lint explain ${rule}`,
  violatingResources: [],
});

const resourceOf = ({ logicalId, template, property, file, line }: CorsFinding, [first]: readonly string[]): ViolatingResource => ({
  resourceLogicalId: logicalId ?? '',
  templatePath: template ?? first ?? '',
  locations: [property ?? `${file}:${line}`],
});

/** What is wrong with one stack's template, in unit tests: `lintTemplate(Template.fromStack(stack))`. */
export function lintTemplate(template: TemplateLike, options: CorsLintOptions = {}): CorsFinding[] {
  return [...answered(requestOf(template, options)).findings];
}

/** For `expect.extend(corsMatchers)` of vitest and jest. */
export interface CorsMatchers<R = unknown> {
  toHaveWorkingCors(options?: CorsLintOptions): R;
}

export const corsMatchers = {
  /** `expect(Template.fromStack(stack)).toHaveWorkingCors()` */
  toHaveWorkingCors: (
    template: TemplateLike,
    options: CorsLintOptions = {},
  ): { readonly pass: boolean; readonly message: () => string } => {
    const { findings, apis } = answered(requestOf(template, options));
    if (apis === 0) return { pass: false, message: () => 'there is no API in this template whose CORS could work' };
    const wrong = findings.filter((finding) => fails(finding, options));
    if (wrong.length === 0) return { pass: true, message: () => 'nothing is wrong with the CORS settings of this template' };
    return { pass: false, message: () => wrong.map(lineOf).join('\n') };
  },
};

const lineOf = ({ rule, message, logicalId = '', property = '' }: CorsFinding): string => `${logicalId} ${property}: ${message} (${rule})`;

const fails = ({ severity }: CorsFinding, { failOn = 'error' }: CorsLintOptions): boolean =>
  severity === 'error' || (failOn === 'warning' && severity === 'warning');

function requestOf(template: TemplateLike, options: CorsLintOptions): Request {
  const json = typeof template.toJSON === 'function' ? (template as { toJSON(): unknown }).toJSON() : template;
  if (typeof json !== 'object' || json === null || !('Resources' in json || 'Transform' in json))
    throw new TypeError('cors-lint takes a template: Template.fromStack(stack), or its JSON');
  return { kind: 'template', template: JSON.stringify(json, undefined, 1), options };
}

/** A fault of the options, or of ours, ends the synthesis. */
function answered(request: Request): Extract<Reply, { kind: 'linted' }> {
  const reply = ask(request);
  if (reply.kind === 'failed') throw new Error(reply.why);
  return reply;
}
