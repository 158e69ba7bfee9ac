import * as z from 'zod';
import { assumeOf } from './assume-schema.js';
import { name, region, say, specId, strict, tagsOf, text, called, optional, required } from './fields.js';
import type { CloudTypes, Written } from '../../do/kinds/cloud/cloud-types.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { integrationOf, type GatewayInput } from './integration-schema.js';
import { linkOf, timeoutsOf, variableOf, type LinkInput } from './link-schema.js';
import { textOf, type TargetInput } from './target-schema.js';

const NO_DATE = { error: say('not a valid date', 'Write it as in 2026-12-31, in quotes.') };

const ignore = strict({
  check: required(
    z.string().regex(/^[a-z][a-z0-9-]*\/(?:[a-z][a-z0-9-]*|\*)$/, {
      error: say('not a valid check ID', 'Write it as in link/single-zone, or path/* for a whole family.'),
    }),
    'The ID of a [check](checks.md), or `path/*` for a family of checks.',
    { examples: ['link/single-zone', 'path/*'] },
  ),
  subject: optional(z.string().min(1).max(2000), 'The subject of the finding, as a report shows it. `*` is any text.', {
    examples: ['link eu', 'route */orders*'],
    absent: 'any subject',
  }),
  reason: required(
    z
      .string()
      .min(1, { error: say('`reason` is required', 'Write why the finding may be ignored.') })
      .max(2000),
    'Why it is ignored. Reports show it.',
    { examples: ['moves to two zones in May'] },
  ),
  until: optional(
    called(
      'date',
      z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/, { ...NO_DATE, abort: true })
        .refine(isDay, NO_DATE),
    ),
    'The last day on which the finding is ignored (UTC), in quotes.',
    { examples: ['2027-05-31'], absent: 'no end' },
  ),
});

function versionFault(version: unknown): string {
  if (version === undefined) return 'the version is missing';

  return typeof version === 'number' ? `version ${version} is not supported` : 'the version is not the number 1';
}

/** Whether a date exists: `2026-02-30` does not. */
function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

const NAME = '[A-Za-z0-9][A-Za-z0-9._-]{0,62}';
/** A key of the spec with its parents: `links.eu`, `integrations.orders.targets.main`. */
const movable = called(
  'path in the spec',
  text(
    new RegExp(`^(?:links\\.${NAME}|integrations\\.${NAME}(?:\\.targets\\.${NAME})?)$`),
    'not a link, an integration or a target',
    'Write it as in links.eu, integrations.orders or integrations.orders.targets.main.',
  ),
);

const move = strict({
  from: required(movable, 'The key before. The spec must not declare it any more.', {
    examples: ['links.edge', 'integrations.pay', 'integrations.orders.targets.alb'],
  }),
  to: required(movable, 'The key now, of the same kind. A target stays in its integration.', {
    examples: ['links.main', 'integrations.orders', 'integrations.orders.targets.orders'],
  }),
});

const defaultsOf = (set: Clouds) =>
  strict({
    region: optional(region, 'The region of links without `region`.', {
      examples: ['eu-west-1'],
      absent: `\`--region\`, ${variableOf(set)}`,
    }),
    tags: optional(tagsOf(set), 'Tags of every link. A tag of the link with the same key replaces one.', {
      examples: [{ team: 'payments' }],
      absent: 'no tags',
    }),
    timeouts: optional(timeoutsOf(set), 'Timeouts of links that do not name their own.', {
      examples: [{ create: '15m', delete: '20m' }],
      absent: 'the defaults of the cloud',
    }),
  });

/**
 * The spec as users write it. One schema provides the types, the errors, the JSON Schema for editors and
 * `docs/spec.md`.
 */
function schemaOf(set: Clouds) {
  const link = linkOf(set);
  const integration = integrationOf(set, link);
  return strict({
    $schema: optional(z.string(), 'The JSON Schema, for editors. Postern does not read it.', {
      examples: ['./node_modules/@postern/core/schema/spec.json'],
      absent: 'editors do not complete keys',
    }),
    version: required(
      z.literal(1, { error: ({ input }) => say(versionFault(input), 'Write version: 1.') }),
      'The version of the format.',
      { examples: [1] },
    ),
    project: required(name, 'The project that owns the resources. It is part of the marks on every resource.', {
      examples: ['shop'],
    }),
    spec: required(
      specId,
      'The identity of this spec, unique in the project. It is part of the marks. Never change it, and give a copy of the spec another one. A program may leave it out: then it is made from `project`.',
      { examples: ['orders-7f3k2q'] },
    ),
    defaults: optional(defaultsOf(set), 'Values for links that do not name their own.', {
      examples: [{ region: 'eu-west-1' }],
      absent: 'no values',
    }),
    links: optional(
      z.record(name, link),
      ...textOf(set, 'links', {
        about: 'Links by key. A link carries calls from a gateway into a VPC. Several integrations may share one.',
        absent: 'no links',
      }),
    ),
    integrations: optional(
      z.record(name, integration),
      ...textOf(set, 'integrations', {
        about: 'Integrations by key. An integration connects routes of one gateway through a link to targets.',
        absent: 'no integrations',
      }),
    ),
    moved: optional(
      z.array(move).max(1000),
      'Keys of links, integrations and targets that were renamed. Their resources are kept: only the marks change. Remove an entry when it is applied; the plan says so.',
      { examples: [[{ from: 'links.edge', to: 'links.main' }]], absent: 'no key was renamed' },
    ),
    assume: optional(assumeOf(set), 'Facts that no API returns. A verdict that depends on one says so.', {
      examples: [{ returnPaths: ['192.168.0.0/16'] }],
      absent: 'such a verdict is `unknown`',
    }),
    ignore: optional(
      z.array(ignore).max(1000),
      'Findings to show as suppressed. They do not count for the exit status.',
      {
        examples: [[{ check: 'link/single-zone', reason: 'moves in May', until: '2027-05-31' }]],
        absent: 'no finding is suppressed',
      },
    ),
  });
}

/** The schema of the specs of a set, made once for the set. */
export const specSchemaOf = (set: Clouds): ReturnType<typeof schemaOf> => set.derived(schemaOf);

type WrittenSpec = Written<z.input<ReturnType<typeof schemaOf>>, never>;
type WrittenIntegration = NonNullable<WrittenSpec['integrations']>[string];

/** The argument of `defineSpec` and the content of a file, on some clouds: without one, links have the keys of all clouds alone. */
export interface SpecInput<
  T extends CloudTypes = CloudTypes,
  LinkName extends string = string,
  IntegrationName extends string = string,
> extends Omit<WrittenSpec, 'spec' | 'links' | 'integrations'> {
  /** By default made from `project`. */
  spec?: string | undefined;
  links?: Record<LinkName, LinkInput<T>> | undefined;
  integrations?: Record<IntegrationName, IntegrationInput<T>> | undefined;
}

/** An integration as a program writes it. */
export interface IntegrationInput<T extends CloudTypes> extends Omit<
  WrittenIntegration,
  'link' | 'gateway' | 'targets'
> {
  link: string | LinkInput<T>;
  gateway: GatewayInput<T>;
  targets: Record<string, TargetInput<T>>;
}
/** The spec after the schema: durations in milliseconds, references not resolved yet. */
export type CheckedSpec = z.output<ReturnType<typeof schemaOf>>;
export type { CheckedAllow } from './allow-schema.js';
export type { CheckedLink } from './link-schema.js';
export type { CheckedTarget } from './target-schema.js';
