import * as z from 'zod';
import type { Cloud, Clouds } from '@postern/core/internal/kinds';
import { called, name, oneOf, optional, required, say, strict, text } from '@postern/core/internal/spec-form';
import { BROUGHT } from '../brought/names.js';
import { BROUGHT_APPROVALS, BROUGHT_SCHEMAS } from '../brought/entries.js';
import type { FleetGoal } from '../model.js';
import { count, move, someRegions } from './entry-schemas.js';
import { firstOf, namesOf } from './places.js';

/** Roles that workers assume: the forms of all clouds that have some. `{account}` stands for the ID of the account. */
const roleOf = (set: Clouds) => {
  const roles = set.all.flatMap((cloud) => cloud.roles ?? []);
  const error = say(
    'not a valid role',
    roles.length === 0
      ? 'Remove it: no cloud of this set has roles.'
      : `Write its ARN; {account} is replaced: ${roles[0]?.example ?? ''}.`,
  );
  return called('role', z.string({ error }).regex(oneOfForms(roles.map(({ form }) => form)), { error }));
};

/** What one of some forms accepts, each from `^` to `$`; without any, nothing. */
const oneOfForms = (forms: readonly RegExp[]): RegExp => {
  const sources = new Set(forms.map(({ source }) => source.replace(/^\^|\$$/g, '')));
  return new RegExp(sources.size === 0 ? '$.' : `^(?:${[...sources].join('|')})$`);
};

const accountIdOf = (set: Clouds) =>
  text(
    oneOfForms(set.all.map(({ network }) => network.account.form)),
    'not a valid account ID',
    'Write the whole ID, in quotes.',
  );
const glob = text(
  /^[^\p{C}]{1,1024}$/u,
  'not a valid pattern of files',
  'Write a path or a glob, such as teams/*/postern.yaml.',
);
const person = text(/^[\w.@+-]{1,100}$/, 'not a valid name of a user', 'Write it as in ana or ana@example.com.');
const someNames = z.array(name).min(1).max(10_000);

/** One value for each cloud that has such values. */
function byProvider<S extends z.ZodType>(
  clouds: readonly Cloud[],
  schema: S,
  what: string,
  exampleOf: (cloud: Cloud) => unknown,
) {
  const keys = clouds.map((cloud): [string, z.ZodOptional<S>] => [
    cloud.name,
    optional(schema, `${what} on ${cloud.title}.`, { examples: [exampleOf(cloud)] }),
  ]);
  return strict(Object.fromEntries(keys));
}

const selection = strict({
  files: required(z.union([glob, z.array(glob).min(1).max(1_000)]), 'Globs, relative to the file of the fleet.', {
    examples: ['edge/*.yaml'],
  }),
  accounts: optional(someNames, 'Names of the accounts that these specs are for.', {
    examples: [['shop-prod']],
    absent: 'every account',
  }),
  regions: optional(someRegions, 'Regions of links that name none.', {
    examples: [['eu-west-1']],
    absent: 'the regions of the account',
  }),
});

const accountOf = (set: Clouds, role: ReturnType<typeof roleOf>) =>
  strict({
    id: required(accountIdOf(set), 'The ID of the account, in quotes.', {
      examples: set.all.slice(0, 1).map(({ network }) => network.account.example),
    }),
    provider: optional(
      oneOf('provider', namesOf(set), (given) => ` ${set.howToAdd(given)}`),
      'The cloud.',
      { examples: [namesOf(set).at(1) ?? firstOf(set)], absent: `\`${firstOf(set)}\`` },
    ),
    role: optional(role, 'The role that workers assume.', {
      examples: set.all.flatMap(({ roles }) => roles?.example ?? []).slice(0, 1),
      absent: 'that of `roles`',
    }),
    externalId: optional(z.string().min(2).max(1_224), 'The external ID that the trust policy of the role requires.', {
      examples: ['postern-7f3k'],
      absent: 'none',
    }),
    regions: optional(someRegions, 'Regions of links that name none.', {
      examples: [['eu-west-1', 'us-east-1']],
      absent: 'those of `regions`',
    }),
    wave: optional(name, 'The wave of the account.', { examples: ['production'], absent: 'the last wave' }),
    vars: optional(z.record(name, z.string().max(4_096)), 'Values of `${var:name}` in specs of this account.', {
      examples: [{ subnet: 'subnet-0a1b2c3d' }],
      absent: 'none',
    }),
  });

const wave = strict({
  name: required(name, 'The name of the wave.', { examples: ['production'] }),
  canary: optional(name, 'An account of the wave. Its work ends before the rest of the wave begins.', {
    examples: ['shop-prod'],
    absent: 'all accounts of the wave begin together',
  }),
  approval: optional(z.boolean(), 'Whether the wave, with its canary, needs an approval before it begins.', {
    examples: [true],
    absent: '`false`, unless `approvals.before` has `waves`',
  }),
});

const limits = strict({
  concurrency: optional(count(1, 10_000), 'How many specs are carried out at the same time.', {
    examples: [100],
    absent: '50',
  }),
  toleratedFailures: optional(count(0, 1_000_000), 'How many specs may fail before no further wave begins.', {
    examples: [3],
    absent: '0',
  }),
  maxDeletes: optional(count(0, 1_000_000), 'Links, targets and routes of one spec that may be deleted.', {
    examples: [5],
    absent: '2, or up to 5 where that is at most 20 % of what the spec owns',
  }),
});

/** What an approval is required before, as users write it, and what it is called in a run. */
export const APPROVALS = {
  waves: 'wave',
  purchases: 'purchase',
  deletions: 'deletion',
  moves: 'move',
  ...BROUGHT_APPROVALS,
} as const;

/** What `approvals.before` may have. */
export type Before = keyof typeof APPROVALS;

const BEFORE = Object.keys(APPROVALS) as readonly Before[];

const approvals = strict({
  before: optional(z.array(oneOf('step', BEFORE)).max(BEFORE.length), 'Steps that need an approval.', {
    examples: [['purchases', 'deletions']],
    absent: 'none; a purchase is then refused',
  }),
  by: optional(z.array(person).min(1).max(1_000), 'Users who may approve.', {
    examples: [['ana@example.com', 'bo@example.com']],
    absent: 'every user who can reach the engine',
  }),
});

/** What a run does, as users write it. */
const GOALS: readonly FleetGoal[] = ['apply', 'check', 'watch', 'migrate', ...BROUGHT.map(({ goal }) => goal)];

const schedule = strict({
  run: required(oneOf('kind of run', GOALS), 'What the run does.', { examples: ['check'] }),
  cron: required(z.string().max(200), 'When: minute, hour, day, month, weekday.', { examples: ['0 3 * * *'] }),
  timeZone: optional(z.string().max(100), 'The time zone of the times.', {
    examples: ['Europe/Berlin'],
    absent: '`UTC`',
  }),
});

/** Keys as alternatives: `moves` or `handovers`. */
export function orText(keys: readonly string[]): string {
  const quoted = keys.map((key) => `\`${key}\``);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} or ${last}`;
}

/** `fleet.yaml` as users write it, on the clouds of a set. One schema provides the types, the errors and the JSON Schema for editors. */
export const fleetSchemaOf = (set: Clouds) => set.derived(makeSchema);

function makeSchema(set: Clouds) {
  const role = roleOf(set);
  return strict({
    $schema: optional(z.string(), 'The JSON Schema, for editors. Postern does not read it.', {
      examples: ['./node_modules/@postern/fleet/schema/fleet.json'],
      absent: 'editors do not complete keys',
    }),
    version: required(
      z.literal(1, { error: say('the version is not the number 1', 'Write version: 1.') }),
      'The version of the format.',
      { examples: [1] },
    ),
    fleet: required(name, 'The name of the fleet: IDs of its runs begin with it.', { examples: ['payments'] }),
    specs: optional(
      z
        .array(z.union([glob, selection]))
        .min(1)
        .max(1_000),
      'The specs: globs, relative to this file, each for all accounts or for some.',
      {
        examples: [['teams/*/postern.yaml', { files: 'edge/*.yaml', accounts: ['shop-prod'] }]],
        absent: `none; then ${orText(['moves', ...BROUGHT.map(({ key }) => key)])} is required`,
      },
    ),
    moves: optional(z.array(move).min(1).max(10_000), 'What runs of the goal `migrate` move.', {
      examples: [[{ from: 'gateway-2023', to: 'gateway-2026', accounts: ['shop-*'] }]],
      absent: 'none',
    }),
    ...BROUGHT_SCHEMAS,
    accounts: required(
      z.record(name, accountOf(set, role)).refine((all) => Object.keys(all).length > 0, {
        error: say('no account is given', 'Write at least one account.'),
      }),
      'The accounts, by a name.',
      { examples: [{ 'shop-prod': { id: '111122223333' } }] },
    ),
    roles: optional(
      byProvider(
        set.all.filter(({ roles }) => roles !== undefined),
        role,
        'The role of accounts that name none',
        ({ roles }) => roles?.example,
      ),
      'The roles that workers assume.',
      { absent: "the worker's own identity, which must belong to the account" },
    ),
    regions: optional(
      byProvider(set.all, someRegions, 'Regions of accounts that name none', ({ regions }) => [regions.example]),
      'The regions of links that name none.',
      { absent: 'links must name their region' },
    ),
    waves: optional(
      z.array(wave).min(1).max(1_000),
      'Waves in their order. One begins when the one before has ended.',
      {
        examples: [[{ name: 'trial' }, { name: 'production', canary: 'shop-prod', approval: true }]],
        absent: 'one wave, `all`',
      },
    ),
    limits: optional(limits, 'Limits of a run.', { examples: [{ concurrency: 100, toleratedFailures: 3 }] }),
    approvals: optional(approvals, 'What needs an approval, and who may approve.', {
      examples: [{ before: ['deletions'], by: ['ana@example.com'] }],
    }),
    schedules: optional(z.array(schedule).max(100), 'When runs begin.', {
      examples: [[{ run: 'check', cron: '0 3 * * *' }]],
      absent: 'runs begin with `postern fleet up` only',
    }),
  });
}

/** A file of a fleet as it is written, without defaults. */
export type FleetInput = z.output<ReturnType<typeof makeSchema>>;
