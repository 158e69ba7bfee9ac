import { Cron } from 'croner';
import { regionFault } from '@postern/core/driver';
import type { Cloud, Clouds } from '@postern/core/kinds';
import { parseForm, type Problem } from '@postern/core/spec-form';
import type { ApprovalKind, FleetGoal, RunOptions, RunRequest } from '../model.js';
import type { FleetFile, FleetFileAccount, FleetSchedule } from './fleet-file.js';
import { firstOf, fleetSchemaOf, type BEFORE, type FleetInput } from './fleet-schema.js';
import { handoverProblems, handoverSelection, moveProblems, moveSelection } from './move-selection.js';
import { problem, twice, unknown } from './entry-places.js';
import { InvalidInputError } from '@postern/core';
import { changesClouds } from '../client.js';
import type { FleetPlan } from './plan-fleet.js';

/** What a run is besides its fleet. */
export type RunRequestOptions = {
  readonly run: string;
  readonly goal: FleetGoal;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
  readonly options?: RunOptions | undefined;
};

/** The key of a file that declares what a goal does. */
const DECLARED = {
  apply: 'specs',
  check: 'specs',
  watch: 'specs',
  migrate: 'moves',
  handover: 'handovers',
} as const;

/** The work of a goal. What changes nothing needs no approval. @throws {InvalidInputError} `INVALID_FLEET` where the fleet has none */
export function wavesFor({ fleet, waves, moveWaves, handoverWaves }: FleetPlan, goal: FleetGoal): FleetPlan['waves'] {
  const key = DECLARED[goal];
  const chosen = { specs: waves, moves: moveWaves, handovers: handoverWaves }[key];
  // A round has one wave: where an account cannot be read, the others are watched all the same.
  if (goal === 'watch' && chosen.length > 0)
    return [{ name: 'all', approval: false, work: chosen.flatMap(({ work }) => work) }];
  if (chosen.length > 0) return changesClouds(goal) ? chosen : chosen.map((wave) => ({ ...wave, approval: false }));
  throw new InvalidInputError('INVALID_FLEET', `fleet ${fleet} has nothing to ${goal}: it declares no ${key}`, {
    remedy: `Add \`${key}\` to its file.`,
  });
}

/** A run of a fleet, as it is sent to the engine. @throws {InvalidInputError} as `wavesFor` */
export function runRequest(plan: FleetPlan, { run, goal, ...rest }: RunRequestOptions): RunRequest {
  const { accounts, limits, approvals, approvers } = plan;
  const waves = wavesFor(plan, goal);
  return {
    run,
    goal,
    specs: waves.flatMap(({ work }) =>
      work.map(({ name, spec, moves, handovers }) => ({ name, spec, moves, handovers })),
    ),
    accounts,
    waves: waves.map(({ name, approval, work }) => ({ name, approval, specs: work.map((one) => one.name) })),
    limits,
    approvals,
    approvers,
    ...rest,
  };
}

const KIND = { code: 'INVALID_FLEET', empty: 'Write specs and accounts; docs/fleet.md has an example.' } as const;

const APPROVAL: Readonly<Record<(typeof BEFORE)[number], ApprovalKind>> = {
  waves: 'wave',
  purchases: 'purchase',
  deletions: 'deletion',
  moves: 'move',
  'dns-switches': 'dns',
};

/** How the file of a fleet is read. */
export interface ParseFleetOptions {
  /** The name of the file, for errors. */
  readonly file?: string | undefined;
  /** The clouds of the accounts. */
  readonly clouds: Clouds;
  /** The text is JSON and not YAML. */
  readonly json?: boolean | undefined;
}

/**
 * Reads the file of a fleet: YAML 1.2 or JSON. No other file is read; {@link planFleet} combines it with its specs.
 * @throws {InvalidInputError} with line and column, and a remedy: `INPUT_TOO_LARGE`, `INVALID_YAML`, `INVALID_FLEET`,
 * `UNKNOWN_REFERENCE` for an account or wave that it does not define. `details.problems` lists all that were found.
 */
export function parseFleet(text: string, options: ParseFleetOptions): FleetFile {
  const { value, placeOf, refuse } = parseForm(text, fleetSchemaOf(options.clouds), KIND, options);
  const accounts = accountsOf(value, options.clouds);
  refuse([
    ...accountProblems(value, accounts, options.clouds),
    ...waveProblems(value, options.clouds),
    ...nameProblems(value),
    ...scheduleProblems(value),
    ...moveProblems(value, options.clouds),
    ...handoverProblems(value, options.clouds),
    ...goalProblems(value),
  ]);
  const before = new Set((value.approvals?.before ?? []).map((one) => APPROVAL[one]));
  return {
    fleet: value.fleet,
    specs: (value.specs ?? []).map((one, at) => {
      const place = placeOf(['specs', at]);
      return typeof one === 'string' ? { files: [one], place } : { ...one, files: [one.files].flat(), place };
    }),
    handovers: (value.handovers ?? []).map((one, at) => handoverSelection(one, placeOf(['handovers', at]))),
    moves: (value.moves ?? []).map((one, at) =>
      moveSelection(one, value.accounts, options.clouds, placeOf(['moves', at])),
    ),
    accounts,
    waves: wavesOf(value).map(({ name, canary, approval }) => ({
      name,
      canary,
      approval: approval ?? before.has('wave'),
    })),
    limits: value.limits ?? {},
    approvals: [...before].filter((one) => one !== 'wave'),
    approvers: value.approvals?.by ?? [],
    schedules: (value.schedules ?? []).map(({ timeZone = 'UTC', ...one }) => ({ ...one, timeZone })),
  };
}

/** The next beginning of a schedule after an instant, in ISO 8601; undefined where there is none. */
export function nextOf({ cron, timeZone }: FleetSchedule, after: Date): string | undefined {
  return cronOf(cron, timeZone).nextRun(after)?.toISOString();
}

/** The schedules that are due next after an instant: all of the same minute. Undefined where there is none. */
export function nextRuns(
  schedules: readonly FleetSchedule[],
  after: Date,
): { readonly at: string; readonly goals: readonly FleetSchedule['run'][] } | undefined {
  const due = schedules.flatMap((one) => {
    const at = nextOf(one, after);
    return at === undefined ? [] : [{ at, goal: one.run }];
  });
  const [at] = due.map((one) => one.at).sort();
  if (at === undefined) return undefined;
  return { at, goals: [...new Set(due.filter((one) => one.at === at).map(({ goal }) => goal))] };
}

/** Five fields and nothing else: the library also reads seconds, names such as `@daily`, and dates. */
function cronOf(cron: string, timezone: string): Cron {
  if (cron.trim().split(/\s+/).length !== 5) throw new TypeError('it does not have five fields');
  return new Cron(cron, { mode: '5-part', paused: true, timezone });
}

const ONE_WAVE = [{ name: 'all', canary: undefined, approval: undefined }];

function wavesOf({ waves = ONE_WAVE }: FleetInput): NonNullable<FleetInput['waves']> {
  return waves;
}

function accountsOf(input: FleetInput, set: Clouds): readonly FleetFileAccount[] {
  const { roles = {}, regions = {} } = input;
  const last = wavesOf(input).at(-1)?.name ?? '';
  return Object.entries(input.accounts).map(([name, account]) => {
    const { id, provider = firstOf(set), externalId, wave = last, vars = {} } = account;
    const role = (account.role ?? roles[provider])?.replace('{account}', id);
    return { name, id, provider, role, externalId, regions: account.regions ?? regions[provider] ?? [], wave, vars };
  });
}

/** An account that is given twice; an ID, a role or a region that the cloud cannot have; a role of another account. */
function accountProblems(input: FleetInput, accounts: readonly FleetFileAccount[], clouds: Clouds): readonly Problem[] {
  const first = new Map<string, string>();
  const waves = wavesOf(input).map(({ name }) => name);
  const own = accounts.flatMap(({ name, id, provider, regions }): Problem[] => {
    const path = ['accounts', name];
    const given = input.accounts[name];
    const key = `${provider} ${id}`;
    const other = first.get(key);
    first.set(key, other ?? name);
    const cloud = clouds.named(provider);
    const { form, fault, remedy } = clouds.network({ provider }).account;
    const role = given?.role ?? input.roles?.[provider];
    const rolePath = given?.role === undefined ? ['roles', provider] : [...path, 'role'];
    return [
      ...(other === undefined ? [] : [twice([...path, 'id'], `account ${id} is also \`accounts.${other}\``)]),
      ...(form.test(id) ? [] : [problem([...path, 'id'], fault, remedy)]),
      ...(role === undefined ? [] : roleProblems(rolePath, role, id, cloud)),
      ...(given?.wave === undefined || waves.includes(given.wave)
        ? []
        : [unknown([...path, 'wave'], 'wave', given.wave, waves)]),
      ...(given?.regions === undefined ? [] : regionProblems([...path, 'regions'], regions, cloud)),
    ];
  });
  const shared = Object.entries(input.regions ?? {}).flatMap(([provider, regions]) =>
    regionProblems(['regions', provider], regions ?? [], clouds.named(provider)),
  );
  return [...own, ...shared];
}

/** A role of another cloud, or of another account. */
function roleProblems(path: Problem['path'], role: string, id: string, cloud: Cloud | undefined): Problem[] {
  const { title = '', name = '', roles } = cloud ?? {};
  if (roles === undefined) return [problem(path, `${title} has no roles`, 'Remove the role.')];
  if (!roles.form.test(role))
    return [problem(path, `the role is not one of ${name}`, 'Write a role of the same cloud as the account.')];
  const [, owner = id] = roles.account.exec(role) ?? [];
  if (owner === id || owner === '{account}') return [];
  return [problem(path, `the role belongs to account ${owner}, not ${id}`, 'Write {account} in place of the ID.')];
}

function regionProblems(path: Problem['path'], regions: readonly string[], cloud: Cloud | undefined): Problem[] {
  return regions.flatMap((region, at) => {
    const fault = cloud && regionFault(cloud.regions, region);
    return fault === undefined ? [] : [problem([...path, at], fault.message, fault.remedy)];
  });
}

/** A wave that is given twice, and a canary that is not an account of its wave. */
function waveProblems(input: FleetInput, set: Clouds): readonly Problem[] {
  const waves = wavesOf(input);
  const accounts = accountsOf(input, set);
  return waves.flatMap(({ name, canary }, at): Problem[] => [
    ...(waves.findIndex((one) => one.name === name) === at
      ? []
      : [twice(['waves', at, 'name'], `wave ${name} is given twice`)]),
    ...(canary === undefined || accounts.some((one) => one.name === canary && one.wave === name)
      ? []
      : [
          unknown(
            ['waves', at, 'canary'],
            `account of wave ${name}`,
            canary,
            accounts.filter(({ wave }) => wave === name).map((one) => one.name),
          ),
        ]),
  ]);
}

/** What no run of the fleet can do: nothing at all, a schedule of what is not given, a question that is never asked. */
function goalProblems(input: FleetInput): readonly Problem[] {
  const { specs, moves, handovers, schedules = [], approvals } = input;
  const dns = handovers === undefined ? (approvals?.before?.indexOf('dns-switches') ?? -1) : -1;
  return [
    ...(specs === undefined && moves === undefined && handovers === undefined
      ? [problem([], 'no specs, moves or hand-overs are given', 'Write `specs`, `moves` or `handovers`.')]
      : []),
    ...schedules.flatMap(({ run }, at) =>
      input[DECLARED[run]] !== undefined
        ? []
        : [
            problem(
              ['schedules', at, 'run'],
              `the fleet has nothing to ${run}`,
              `Add \`${DECLARED[run]}\`, or remove the schedule.`,
            ),
          ],
    ),
    ...(dns === -1 ? [] : [problem(['approvals', 'before', dns], NO_DNS_STEP, USE_MOVES)]),
  ];
}

/** Why an approval of DNS switches is refused: what it would ask about does not exist. */
const NO_DNS_STEP = 'no step of a run changes a DNS record: only hand-overs do, and none is given';
const USE_MOVES = 'Add `handovers`; before a move of an API group, `moves` asks.';

function nameProblems({ specs = [], accounts }: FleetInput): readonly Problem[] {
  return specs.flatMap((one, at) =>
    typeof one === 'string'
      ? []
      : (one.accounts ?? []).flatMap((name, index) =>
          Object.hasOwn(accounts, name)
            ? []
            : [unknown(['specs', at, 'accounts', index], 'account', name, Object.keys(accounts))],
        ),
  );
}

function scheduleProblems({ schedules = [] }: FleetInput): readonly Problem[] {
  return schedules.flatMap(({ cron, timeZone = 'UTC' }, at): Problem[] => {
    if (!isTimeZone(timeZone))
      return [problem(['schedules', at, 'timeZone'], 'not a time zone', 'Write it as in Europe/Berlin, or UTC.')];
    try {
      if (cronOf(cron, timeZone).nextRun() !== null) return [];
      return [problem(['schedules', at, 'cron'], 'this time never comes', 'Write a day that the month has.')];
    } catch (error) {
      const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : 'unreadable';
      const remedy = 'Write five fields (minute, hour, day, month, weekday), such as 0 3 * * *.';
      return [problem(['schedules', at, 'cron'], `not a cron expression: ${why}`, remedy)];
    }
  });
}

function isTimeZone(timeZone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
