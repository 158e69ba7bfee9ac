import { InvalidInputError, PrivateIntegrations, type Snapshot, isPosternError } from '@postern/core/internal/library';
import type { Cloud, Clouds } from '@postern/core/internal/kinds';
import {
  type InstanceMigration,
  type Migration,
  parseAccepted,
  type MoveRequest,
  type RunMoveOptions,
  type StageMigration,
  gatewayOfMigration,
  linkIdsIn,
  type LinkIdOf,
} from '@postern/core/internal/moves';
import { providerOf } from '../session/provider-of.js';
import type { validate, plan, run } from '../commands/migrate/grammar.js';
import type { OptionsOf } from '../grammar/options.js';
import type { Io } from '../process/io.js';
import { checkedCloudsOf, cloudsOf } from '../spec/brought-clouds.js';
import { beginReading, type Scope } from '@postern/core/internal/adapter';
import { SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import type { CommonOptions } from '../invocation.js';
import { findLink } from '../links/open-place.js';
import type { Taken } from '../snapshot/take-snapshot.js';

/** The options of `postern migrate validate`. */
export type MigrateOptions = OptionsOf<typeof validate>;

/** The request: one group or API, or all groups of an instance. */
type Asked = { readonly one: Migration } | { readonly all: InstanceMigration };

/**
 * The request that the options define.
 * @throws {InvalidInputError} `INVALID_INPUT` where options are missing, or have no meaning on the cloud.
 */
function askedFor(options: MigrateOptions, clouds: Clouds): Asked {
  const { provider, region, from, to } = options;
  if (to === undefined) throw wrong('--to is missing', 'Add --to with the ID of the link or instance to move to.');

  const cloud = providerOf(clouds, provider, from, to, region);
  return askedOn(cloud, movesOn(clouds.named(cloud)), options, to);
}

/** What moves on a cloud: gateways as a whole, routes one by one, stages, and all gateways of a link. Nothing on one that is not known. */
function movesOn(cloud: Cloud | undefined) {
  const gateways = Object.values(cloud?.gateways ?? {});
  return {
    groups: gateways.some(({ movesAsOne }) => movesAsOne),
    routes: gateways.some(({ routesMove }) => routesMove === true),
    stages: gateways.some(({ stagesMove }) => stagesMove !== undefined),
    whole: Object.values(cloud?.links ?? {}).find(({ movesWhole }) => movesWhole !== undefined)?.movesWhole,
  };
}

function askedOn(
  provider: string,
  { groups, routes, whole }: ReturnType<typeof movesOn>,
  { region, group, api, route, from }: MigrateOptions,
  to: string,
): Asked {
  refuse(provider, { ...(!groups && { group }), ...(!routes && { api, route }) });
  if (group !== undefined) {
    refuse(provider, { api, route });
    if (from !== undefined)
      throw wrong(
        '--group and --from cannot be combined',
        whole === undefined
          ? 'Remove --from.'
          : `Name one ${whole.gateway}, or the ${whole.link} to move all ${whole.gateway}s from.`,
      );

    return { one: { provider, region, group, to } };
  }
  if (whole !== undefined && from !== undefined && api === undefined && route === undefined)
    return { all: { provider, region, from, to } };
  if (api === undefined) {
    const ways = [
      ...(routes ? ['--api, and --route for one route of it'] : []),
      ...(groups ? ['--group'] : []),
      ...(whole === undefined
        ? []
        : [`--from for all ${whole.gateway}s of ${/^[aeiou]/.test(whole.link) ? 'an' : 'a'} ${whole.link}`]),
    ];
    throw wrong('nothing to move was named', `Add ${ways.join(', or ')}.`);
  }
  if (from === undefined) throw wrong('--from is missing', 'Add --from with the ID of the link.');

  return { one: { provider, region, api, route, from, to } };
}

function refuse(provider: string, options: Readonly<Record<string, string | undefined>>): void {
  const given = Object.keys(options).filter((name) => options[name] !== undefined);
  if (given.length === 0) return;

  const flags = given.map((name) => `--${name}`).join(', ');
  throw wrong(`${flags}: not supported with --provider ${provider}`, 'Remove it, or name another provider.');
}

function wrong(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}

/** The options of `postern migrate plan` and `run`; durations in milliseconds. */
export type MoveOptions = MigrateOptions & OptionsOf<typeof plan>;

/** What moves: what {@link Asked} names, or a stage of a REST API. */
export type AskedMove = Asked | { readonly stage: StageMigration };

/** What is asked for, as core takes it. */
export function requestIn(asked: AskedMove): MoveRequest {
  return 'stage' in asked ? asked.stage : 'one' in asked ? asked.one : asked.all;
}

/** The options of `postern migrate run`. */
export type RunOptions = MoveOptions & OptionsOf<typeof run>;

/** How the switch is carried out. */
export function switchOptions({ canary, batch, pause, drain }: MoveOptions) {
  return { canary, batch, pauseMs: pause, drainMs: drain } satisfies Partial<RunMoveOptions>;
}

/** The undecided errors that the options accept. */
export async function acceptedOf(io: Io, { acceptUnknown = [] }: MigrateOptions) {
  const clouds = await checkedCloudsOf(io);
  return acceptUnknown.map((text) => parseAccepted(text, clouds));
}

/**
 * The request that the options define: what `validate` judges, or a stage of a REST API.
 * @throws {InvalidInputError} `INVALID_INPUT` where options are missing, or exclude each other.
 */
export async function askedForMove(io: Io, options: MoveOptions): Promise<AskedMove> {
  const { restApi, stage, targetBalancer, region, from, to } = options;
  const given = Object.entries({ stage, targetBalancer }).find(([, value]) => value !== undefined);
  if (restApi === undefined) {
    if (given === undefined) return askedFor(options, await cloudsOf(io));

    throw wrong(
      `${optionText(given[0])} has no meaning without --rest-api`,
      'Add --rest-api with the ID of the REST API.',
    );
  }

  const other = (['group', 'api', 'route'] as const).find((name) => options[name] !== undefined);
  if (other !== undefined) {
    throw wrong(`--rest-api and --${other} cannot be combined`, 'Name one gateway that is to move.');
  }

  const cloud = (await cloudsOf(io)).named(options.provider);
  if (cloud !== undefined && !movesOn(cloud).stages) {
    throw wrong(`--rest-api: not supported with --provider ${options.provider}`, 'Remove one of them.');
  }
  if (stage === undefined) throw wrong('--stage is missing', 'Add --stage with the name of the stage that moves.');
  if (to === undefined) throw wrong('--to is missing', 'Add --to with the ID of the link to move to.');
  if (targetBalancer === undefined) {
    throw wrong('--target-balancer is missing', 'Add --target-balancer with the load balancer behind the new link.');
  }

  return { stage: { region, restApi, stage, from, to, targetBalancer } };
}

/** The option with a member's name: `--rest-api`. */
export function optionText(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * The input of a validation. It is read from a snapshot file, without any call. Or it is read from the
 * cloud, no more than the migration changes, in the form of a snapshot file. With `asked`, where IDs replace
 * the names of links.
 * @throws {InvalidInputError} `REGION_MISSING`; {PosternError} what reading the file, or observing, throws.
 */
export async function takeForMigration(
  io: Io,
  asked: AskedMove,
  options: MigrateOptions & CommonOptions,
): Promise<Taken & { readonly asked: AskedMove }> {
  const { snapshot: file, profile, debug } = options;
  if (file !== undefined) {
    const { readSnapshot } = await import('../snapshot/read-snapshot.js');
    const snapshot = await readSnapshot(io, file, options);
    return { snapshot, file, asked: await withLinkIds(asked, linkIdsIn(snapshot)) };
  }

  const { openSession } = await import('../session/open-session.js');
  const { requireRegionOf } = await import('../session/region-of-environment.js');
  const { all } = await cloudsOf(io);
  // A stage of a gateway names no cloud.
  const byDefault = options.provider ?? all.find((cloud) => movesOn(cloud).stages)?.name ?? '';
  const { provider = byDefault } = requestIn(asked);
  const region = await requireRegionOf(io, provider, options.region);
  const { context, drivers } = await openSession(io, { debug, notesWaits: true });
  const driver = await drivers({ provider, region, profile });
  const gate = new PrivateIntegrations(driver, { ...context, project: 'none' });
  const named = await withLinkIds(
    asked,
    linkIdsBy((name) => findLink({ gate, context }, name)),
  );
  const taken = beginReading(context);
  const read = await driver.observe(scopeOf(named, await cloudsOf(io)), context);
  const observed: Snapshot = { version: SNAPSHOT_VERSION, ...taken(), regions: [read] };
  const { encodeSnapshot } = await import('@postern/core/internal/snapshot');
  const { decodeSnapshot } = await import('@postern/core/internal/decode');
  return { snapshot: decodeSnapshot(encodeSnapshot(observed)), asked: named };
}

function scopeOf(asked: AskedMove, clouds: Clouds): Scope {
  const what = { checks: true, uses: true };
  // Only the API groups show on which instance they are, and only the listeners which ports a load balancer has.
  if ('all' in asked || 'stage' in asked) return { ...what, all: true };

  const { one } = asked;
  return {
    ...what,
    gateways: [gatewayOfMigration(one, clouds)],
    links: 'group' in one ? [one.to] : [one.from, one.to],
  };
}

/** The request, with IDs in place of the names of links. */
export async function withLinkIds(asked: AskedMove, idOf: LinkIdOf): Promise<AskedMove> {
  if ('stage' in asked) {
    const { from, to } = asked.stage;
    const named = from === undefined ? {} : { from: await idOf(from) };
    return { stage: { ...asked.stage, ...named, to: await idOf(to) } };
  }
  if ('all' in asked) {
    const { from, to } = asked.all;
    return { all: { ...asked.all, from: await idOf(from), to: await idOf(to) } };
  }

  const { one } = asked;
  if ('group' in one) return { one: { ...one, to: await idOf(one.to) } };

  return { one: { ...one, from: await idOf(one.from), to: await idOf(one.to) } };
}

/** IDs from the cloud. `find` throws `NOT_FOUND` where the link does not exist, which the validation then reports. */
export function linkIdsBy(find: (name: string) => Promise<{ readonly id: string }>): LinkIdOf {
  return async (name) => {
    try {
      return (await find(name)).id;
    } catch (error) {
      if (isPosternError(error, 'NOT_FOUND')) return name;

      throw error;
    }
  };
}
