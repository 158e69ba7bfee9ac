import { InvalidInputError } from '@postern/core/internal/library';
import {
  parseAccepted,
  type MoveRequest,
  type RunMoveOptions,
  type StageMigration,
} from '@postern/core/internal/moves';
import type { Io } from '../process/io.js';
import { checkedCloudsOf, cloudsOf } from '../spec/brought-clouds.js';
import { askedFor, movesOn, type Asked, type MigrateOptions } from './migrate-options.js';
import type { plan, run } from '../commands/migrate/grammar.js';
import type { OptionsOf } from '../grammar/options.js';

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

function wrong(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
