import path from 'node:path';
import { InvalidInputError, isPosternError, type Driver, type DriverPlace } from '@postern/core/internal/library';
import {
  withLoadedChecks,
  type CheckOfCloud,
  type ChecksOfCloud,
  type Cloud,
  type Clouds,
} from '@postern/core/internal/kinds';
import type { PlansOfCloud, PlansOption } from '@postern/core/internal/overlay';
import type { CloudPlanner } from '@postern/core/internal/planner';
import type { ProgramRun } from '../process/program-waits.js';
import { reportingFailures } from './own-checks.js';
import { programFailure, runProgram } from './run-program.js';
import { namedClouds, type NamedCloud, type ProgramPlace } from './named-clouds.js';

/** How a driver is opened besides its place. */
interface DriverHow {
  /** What the trust policy of the place's role requires. */
  readonly externalId?: string | undefined;
}

/** What the default export of a program that brings a cloud is. */
interface CloudProgram {
  /** What `defineCloud` of `@postern/core/adapter` returned. */
  readonly cloud: Cloud;
  /** A driver for a place: what `driverOf` of `@postern/core/adapter` returned. Without it, only commands that call no cloud work. */
  readonly driver?: ((place: DriverPlace, how: DriverHow) => Driver | Promise<Driver>) | undefined;
  /** For `postern advise`: what `definePlanner` of `@postern/core/adapter` returned. */
  readonly planner?: CloudPlanner | undefined;
  /** For plans of other tools: how their resources are laid over a snapshot. */
  readonly plans?: PlansOfCloud | undefined;
}

/** The clouds of a command: those that it has, and those that programs bring. */
interface BroughtClouds {
  readonly clouds: Clouds;
  readonly drivers: ReadonlyMap<string, CloudProgram['driver']>;
  readonly planners: readonly CloudPlanner[];
  readonly plans: readonly PlansOfCloud[];
}

/** The clouds that a command takes besides its own. */
export interface CloudInput {
  /** The files and packages of `--cloud`. */
  readonly named: readonly string[];
  /** What they and those of `package.json` bring, once they ran. */
  brought?: Promise<BroughtClouds> | undefined;
}

/** Where a command looks for programs. */
interface Place extends ProgramPlace, ProgramRun {
  /** Without it, no program is looked for. */
  readonly clouds?: CloudInput | undefined;
}

/**
 * Runs the programs of `--cloud` and of `package.json`, once for a command. Undefined outside a command.
 * @throws {PosternError} `FILE_UNREADABLE` where a program fails. {InvalidInputError} `INVALID_INPUT` for another export, for a cloud
 * whose name, kind or key another cloud has, and as {@link namedClouds}.
 */
export async function broughtClouds({ clouds, ...place }: Place): Promise<BroughtClouds | undefined> {
  return clouds === undefined ? undefined : (clouds.brought ??= load(clouds.named, place));
}

/**
 * The clouds of a command: AWS, Alibaba Cloud, and those that programs bring. What judges with them needs {@link checkedCloudsOf}.
 * @throws as {@link broughtClouds}
 */
export async function cloudsOf(place: Place): Promise<Clouds> {
  return (await broughtClouds(place))?.clouds ?? setWith([]);
}

/** The same with their checks. @throws as {@link broughtClouds} */
export async function checkedCloudsOf(place: Place): Promise<Clouds> {
  return withLoadedChecks(await cloudsOf(place));
}

/** As drivers bring them, without their checks. A driver for any region will do, and making it calls nothing. */
async function setWith(brought: readonly Cloud[]): Promise<Clouds> {
  const [{ clouds }, { aws }, { alibaba }] = await Promise.all([
    import('@postern/core/internal/kinds'),
    import('@postern/aws'),
    import('@postern/alibaba'),
  ]);
  const own = [aws({ region: 'us-east-1' }), alibaba({ region: 'cn-hangzhou' })];
  return clouds([...own.map(({ cloud }) => cloud), ...brought]);
}

/** What plans of other tools say of them. @throws as `broughtClouds`. */
export async function plansOf(place: Place): Promise<PlansOption> {
  const [brought, ...own] = await Promise.all([
    broughtClouds(place),
    import('@postern/aws/plans'),
    import('@postern/alibaba/plans'),
  ]);
  return { plans: [...own.map(({ plans }) => plans), ...(brought?.plans ?? [])] };
}

/** What `advise` knows of them. @throws as `broughtClouds`. */
export async function plannersOf(place: Place): Promise<readonly CloudPlanner[]> {
  const [brought, ...own] = await Promise.all([
    broughtClouds(place),
    import('@postern/aws/planner'),
    import('@postern/alibaba/planner'),
  ]);
  return [...own.map(({ planner }) => planner), ...(brought?.planners ?? [])];
}

async function load(named: readonly string[], place: Place): Promise<BroughtClouds> {
  const { cwd } = place;
  const found = await namedClouds(named, place);
  const programs: CloudProgram[] = [];
  try {
    for (const one of found)
      programs.push(checked(await runProgram(one.full, path.relative(cwd, one.full), place), one, place));
    const clouds = await setWith(programs.map(({ cloud }) => cloud));
    // The checks of a program are wrong at once, or not at all.
    if (programs.length > 0) await withLoadedChecks(clouds);
    return {
      clouds,
      drivers: new Map(programs.map(({ cloud, driver }) => [cloud.name, driver] as const)),
      planners: programs.flatMap(({ planner }) => planner ?? []),
      plans: programs.flatMap(({ plans }) => plans ?? []),
    };
  } catch (error) {
    if (isPosternError(error) || place.signal?.aborted === true) throw error;

    const [{ file, full }] = found as [NamedCloud];
    const labels = found.map(({ label }) => label).join(', ');
    if (!(error instanceof TypeError))
      throw programFailure(error, `${labels}: what it exports cannot be read`, full, file);

    throw new InvalidInputError('INVALID_INPUT', `${labels}: ${error.message}`, {
      cause: error,
      place: { file },
      remedy: / is missing in the value of /.test(error.message)
        ? 'Add the member. The types of defineCloud (@postern/core/adapter) list all of them.'
        : 'Give clouds, kinds and keys of gateways names that no other cloud has.',
    });
  }
}

function checked(given: unknown, { label, file, full }: NamedCloud, place: Place): CloudProgram {
  const { cloud, driver, planner, plans } = (given ?? {}) as Partial<CloudProgram>;
  if (
    (driver === undefined || typeof driver === 'function') &&
    typeof cloud === 'object' &&
    typeof cloud.name === 'string'
  ) {
    const ofProgram = (one: CheckOfCloud) => reportingFailures(one, full, file, place);
    const { loadChecks } = cloud;
    const load = loadChecks && (async () => withEach(await loadChecks(), ofProgram));
    return { cloud: { ...withEach(cloud, ofProgram), loadChecks: load }, driver, planner, plans };
  }

  throw new InvalidInputError('INVALID_INPUT', `${label}: the default export is not { cloud, driver }`, {
    place: { file },
    remedy: 'Export default { cloud: defineCloud({ … }), driver: (place) => driverOf({ … }) }.',
  });
}

function withEach<T extends ChecksOfCloud>(of: T, change: (check: CheckOfCloud) => CheckOfCloud): T {
  const { checks, moveChecks } = of;
  const changed = Object.entries(moveChecks ?? {}).map(([kind, all]) => [kind, all.map(change)] as const);
  return { ...of, checks: checks?.map(change), moveChecks: moveChecks && Object.fromEntries(changed) };
}
