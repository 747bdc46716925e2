import type { OptionSchema, Rule } from '../rule.ts';

/*
 * The config's JSON Schema, from which its validator is compiled when cors-lint is built (scripts/validators.ts). Nothing
 * loads this file at run time. `takes` completes the sentence "`stages` takes …" for a value that is wrong.
 */

type Schema = Readonly<Record<string, unknown>>;

/** Where the schema can be read: the package holds it. */
const ID = 'https://unpkg.com/cors-lint/dist/config-schema.json';

const text = (takes: string, more: Schema = {}): Schema => ({ type: 'string', pattern: '\\S', takes, ...more });

const texts = (takes: string, item: Schema, more: Schema = {}): Schema => ({
  type: 'array',
  takes: `a list of ${takes}`,
  items: item,
  ...more,
});

const map = (takes: string, properties: Readonly<Record<string, Schema>>, more: Schema = {}): Schema => ({
  type: 'object',
  takes,
  additionalProperties: false,
  properties,
  ...more,
});

const LEVEL: Schema = { type: 'string', enum: ['off', 'note', 'warning', 'error'], takes: 'off, note, warning or error' };
const PATTERN = text('a pattern');

/** What is said of one rule. By the value's kind, so that of a wrong one only that is said which was meant. */
const SETTING: Schema = {
  type: ['string', 'array'],
  takes: 'off, note, warning, error, or a list of one of these and options',
  if: { type: 'string' },
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  then: LEVEL,
  else: {
    items: [LEVEL, { type: 'object', takes: 'a map of options' }],
    minItems: 1,
    maxItems: 2,
    takes: 'off, note, warning, error, or a list of one of these and options',
  },
};

const RULES: Schema = {
  type: 'object',
  takes: 'a map of rule ids and severities',
  additionalProperties: SETTING,
  description: 'For each rule: off, note, warning, error, or a list of one of these and options.',
};

const CLIENTS = map(
  'a map with `origins`, `headers` and `credentials`',
  {
    origins: texts(
      'origins',
      // A serialized origin (https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin); `null` is that of a local file.
      text('an origin such as https://app.example.com, without a path', { pattern: '^(null|[A-Za-z][A-Za-z0-9+.-]*://[^/?#\\s*,@]+)$' }),
      { description: 'The origins of your pages.' },
    ),
    headers: texts(
      'header names',
      // A token (https://www.rfc-editor.org/rfc/rfc9110#name-tokens).
      text('the name of a header', { pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" }),
      { description: 'The request headers that your pages set.' },
    ),
    credentials: { type: 'boolean', takes: 'true or false', description: 'Whether your pages send cookies or HTTP authentication.' },
  },
  { description: 'What your pages really send.' },
);

/** The config without what only the rules know: their ids and options. */
export const SHAPE: Schema = map('a map of settings', {
  $schema: { type: 'string', takes: 'the address of a schema' },
  extends: {
    type: ['string', 'array'],
    takes: 'the path of another config file, or a list of such paths',
    items: text('the path of another config file'),
    description: 'Config files that this one builds on, by paths relative to it; what this one says wins.',
  },
  preset: {
    type: 'string',
    enum: ['recommended', 'strict'],
    takes: 'recommended or strict',
    description: 'Which rules run by themselves.',
    default: 'recommended',
  },
  rules: RULES,
  ignore: texts('patterns', PATTERN, { description: 'Files that are not linted: patterns as in .gitignore, relative to this file.' }),
  overrides: {
    type: 'array',
    takes: 'a list of maps with `files` and `rules`',
    description: 'Other severities and options for some files; of several that match, the last wins.',
    items: map(
      'a map with `files` and `rules`',
      {
        files: texts('patterns', PATTERN, { minItems: 1, description: 'Patterns as in .gitignore, relative to this file.' }),
        rules: RULES,
      },
      { required: ['files', 'rules'] },
    ),
  },
  stages: texts('stages', text('the name of a stage'), { description: 'Judge these stages alone; otherwise all that a file knows.' }),
  params: {
    type: 'object',
    takes: 'a map of names and values',
    additionalProperties: { type: ['string', 'number', 'boolean'], takes: 'a text, a number, true or false' },
    description: 'Deployment parameters.',
  },
  handlers: {
    type: ['boolean', 'object'],
    takes: 'false or a map',
    if: { type: 'boolean' },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: { const: false, takes: 'false or a map' },
    description: 'false: the code of functions is not read.',
  },
  clients: CLIENTS,
  plugins: texts('modules', text('the name of a module'), {
    description: 'Modules with rules of your own. This version does not load them.',
  }),
});

/** The schema as it is published, printed from the rules: editors complete ids and options by it. */
export function configSchema(rules: readonly Rule[]): Schema {
  const shape = SHAPE as { readonly properties: Readonly<Record<string, Schema>> };
  const ofRules = { $ref: '#/definitions/rules' };
  const { overrides } = shape.properties as { readonly overrides: { readonly items: { readonly properties: Schema } } };
  const override = { ...overrides.items, properties: { ...overrides.items.properties, rules: ofRules } };
  const published = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: ID,
    title: 'cors-lint.config.yml',
    ...shape,
    properties: { ...shape.properties, rules: ofRules, overrides: { ...overrides, items: override } },
    definitions: {
      rules: {
        ...RULES,
        additionalProperties: false,
        properties: Object.fromEntries(rules.map((rule) => [rule.meta.id, settingOf(rule)])),
      },
    },
  };
  return JSON.parse(
    JSON.stringify(published, (key, value: unknown) => (key === 'takes' && typeof value === 'string' ? undefined : value)),
  ) as Schema;
}

/** Both ways of writing it stand side by side here, since editors complete by that. */
const settingOf = ({ meta, options }: Rule): Schema => ({
  description: meta.summary,
  anyOf: [
    LEVEL,
    {
      type: 'array',
      minItems: 1,
      maxItems: 2,
      items: [
        LEVEL,
        {
          type: 'object',
          additionalProperties: false,
          properties: Object.fromEntries(Object.entries(options).map(([name, option]) => [name, SCHEMAS[option.type](option)])),
        },
      ],
    },
  ],
});

const SCHEMAS: Readonly<Record<OptionSchema['type'], (option: OptionSchema) => Schema>> = {
  boolean: ({ description, default: preset }) => ({ type: 'boolean', description, default: preset }),
  integer: (option) => ({
    type: 'integer',
    description: option.description,
    default: option.default,
    ...('minimum' in option && { minimum: option.minimum }),
  }),
  strings: ({ description, default: preset }) => ({ type: 'array', items: { type: 'string' }, description, default: preset }),
};
