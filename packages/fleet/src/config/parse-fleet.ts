import { Cron } from 'croner';
import { regionFault } from '@postern/core/internal/driver';
import type { Cloud, Clouds } from '@postern/core/internal/kinds';
import { parseForm, type Problem } from '@postern/core/internal/spec-form';
import type { ApprovalKind, FleetGoal, RunOptions, RunRequest } from '../model.js';
import type { FleetFile, FleetFileAccount, FleetSchedule } from './fleet-file.js';
import { BROUGHT, broughtBy, broughtPart, type BroughtKey } from '../brought/names.js';
import { BROUGHT_ENTRIES } from '../brought/entries.js';
import { APPROVALS, fleetSchemaOf, orText, type FleetInput } from './fleet-schema.js';
import { moveProblems, moveSelection } from './move-selection.js';
import { firstOf, problem, twice, unknown } from './places.js';
import { InvalidInputError, type SourcePlace } from '@postern/core/internal/library';
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
function keyOf(goal: FleetGoal): 'specs' | 'moves' | BroughtKey {
  return goal === 'migrate' ? 'moves' : (broughtBy(goal)?.key ?? 'specs');
}

/** The work of a goal. What changes nothing needs no approval. @throws {InvalidInputError} `INVALID_FLEET` where the fleet has none */
export function wavesFor(plan: FleetPlan, goal: FleetGoal): FleetPlan['waves'] {
  const { fleet, waves, moveWaves } = plan;
  const key = keyOf(goal);
  const brought = broughtBy(goal);
  const chosen = key === 'moves' ? moveWaves : brought === undefined ? waves : plan[`${brought.goal}Waves`];
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
      work.map((one) => ({ name: one.name, spec: one.spec, moves: one.moves, ...broughtPart(one) })),
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
    ...BROUGHT_ENTRIES.flatMap((kind) => kind.problems(value[kind.key] ?? [], value.accounts, options.clouds)),
    ...goalProblems(value),
  ]);
  const before = new Set<ApprovalKind>((value.approvals?.before ?? []).map((one) => APPROVALS[one]));
  return {
    fleet: value.fleet,
    specs: (value.specs ?? []).map((one, at) => {
      const place = placeOf(['specs', at]);
      return typeof one === 'string' ? { files: [one], place } : { ...one, files: [one.files].flat(), place };
    }),
    ...broughtSelections(value, placeOf),
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
  const { specs, moves, schedules = [], approvals } = input;
  const before: readonly string[] = approvals?.before ?? [];
  const absent = BROUGHT_ENTRIES.filter(({ key }) => input[key] === undefined);
  const nouns = ['specs', 'moves', ...BROUGHT.map(({ entry }) => `${entry}s`)];
  const keys = ['specs', 'moves', ...BROUGHT.map(({ key }) => key)];
  return [
    ...(specs === undefined && moves === undefined && absent.length === BROUGHT_ENTRIES.length
      ? [problem([], `no ${orText(nouns).replaceAll('`', '')} are given`, `Write ${orText(keys)}.`)]
      : []),
    ...schedules.flatMap(({ run }, at) =>
      input[keyOf(run)] !== undefined
        ? []
        : [
            problem(
              ['schedules', at, 'run'],
              `the fleet has nothing to ${run}`,
              `Add \`${keyOf(run)}\`, or remove the schedule.`,
            ),
          ],
    ),
    ...absent.flatMap(({ notAsked }) =>
      Object.entries(notAsked).flatMap(([name, { message, remedy }]) =>
        before.includes(name) ? [problem(['approvals', 'before', before.indexOf(name)], message, remedy)] : [],
      ),
    ),
  ];
}

/** The entries of kinds of work that clouds bring, by their keys. */
function broughtSelections(
  value: FleetInput,
  placeOf: (path: readonly (string | number)[]) => SourcePlace,
): Pick<FleetFile, BroughtKey> {
  return Object.fromEntries(
    BROUGHT_ENTRIES.map(({ key, selection }) => {
      const entries: readonly unknown[] = value[key] ?? [];
      return [key, entries.map((one, at) => selection(one, placeOf([key, at])))];
    }),
  ) as unknown as Pick<FleetFile, BroughtKey>;
}

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
