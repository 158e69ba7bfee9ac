import type { Cloud, Clouds } from '@postern/core/internal/kinds';
import type { SourcePlace } from '@postern/core/internal/library';
import type { Problem } from '@postern/core/internal/spec-form';
import { matches } from '../client.js';
import { firstOf, placeProblems, problem } from './places.js';
import type { MoveSelection } from './fleet-file.js';
import type { FleetInput } from './fleet-schema.js';

type MoveInput = NonNullable<FleetInput['moves']>[number];

/** What names what moves, the keys that go with it, and the kinds of gateway that it is about. The first one that is given decides. */
const KINDS = [
  { key: 'group', moves: ({ movesAsOne }) => movesAsOne, required: ['to'], optional: [] },
  {
    key: 'restApi',
    moves: ({ stagesMove }) => stagesMove !== undefined,
    required: ['stage', 'to', 'targetBalancer'],
    optional: ['from'],
  },
  { key: 'api', moves: ({ routesMove }) => routesMove === true, required: ['from', 'to'], optional: ['route'] },
  { key: 'from', moves: ({ movesAsOne }) => movesAsOne, required: ['to'], optional: [] },
] as const satisfies readonly {
  readonly moves: (kind: Cloud['gateways'][string]) => boolean;
  readonly [key: string]: unknown;
}[];

/** All keys of `KINDS`. */
const WHAT = ['group', 'restApi', 'api', 'from', 'to', 'route', 'stage', 'targetBalancer'] as const;

const kindOf = (move: MoveInput) => KINDS.find(({ key }) => move[key] !== undefined);

/**
 * The clouds with gateways that move so. Where several have them, those of the accounts that the move is for; so a move
 * without accounts of any of them is of the first.
 */
function providersOf(move: MoveInput, accounts: FleetInput['accounts'], clouds: Clouds): readonly string[] {
  const kind = kindOf(move);
  const able = clouds.all
    .filter(({ gateways }) => Object.values(gateways).some((one) => kind?.moves(one) === true))
    .map(({ name }) => name);
  const own = able.filter((provider) =>
    Object.entries(accounts).some(
      ([name, one]) =>
        (one.provider ?? firstOf(clouds)) === provider &&
        (move.accounts?.some((pattern) => matches(pattern, name)) ?? true),
    ),
  );
  return own.length === 0 ? able.slice(0, 1) : own;
}

/** A move of the file, which {@link moveProblems} accepts. */
export function moveSelection(
  move: MoveInput,
  all: FleetInput['accounts'],
  clouds: Clouds,
  place: SourcePlace,
): MoveSelection {
  const { accounts, regions, manage, acceptUnknown, canary, batch, pause, drain, probePath } = move;
  const [provider = ''] = providersOf(move, all, clouds);
  const what = Object.fromEntries(WHAT.flatMap((key) => (move[key] === undefined ? [] : [[key, move[key]]])));
  const how = { manage, acceptUnknown, canary, batch, pauseMs: pause, drainMs: drain, probePath };
  return { what, provider, accounts, regions, place, ...how };
}

/** Moves that do not say what moves, keys that do not go together, accounts and regions that do not exist. */
export function moveProblems({ moves = [], accounts }: FleetInput, clouds: Clouds): readonly Problem[] {
  return moves.flatMap((move, at): Problem[] => {
    const path = ['moves', at];
    const kind = kindOf(move);
    if (kind === undefined)
      return [problem(path, 'nothing to move is named', 'Add `group`, `api`, `restApi` or `from`.')];

    const { key, required, optional } = kind;
    const [provider, ...others] = providersOf(move, accounts, clouds);
    const given = WHAT.filter((one) => move[one] !== undefined);
    const expected: readonly string[] = [key, ...required, ...optional];
    return [
      ...required
        .filter((one) => move[one] === undefined)
        .map((one) => problem(path, `\`${one}\` is required with \`${key}\``, `Add \`${one}\`.`)),
      ...given
        .filter((one) => !expected.includes(one))
        .map((one) => problem([...path, one], `\`${one}\` does not go with \`${key}\``, 'Remove one of them.')),
      ...(provider === undefined
        ? [problem([...path, key], `no cloud of this fleet moves \`${key}\``, `Remove \`${key}\`.`)]
        : others.length > 0
          ? [
              problem(
                path,
                `the move is for accounts of several clouds: ${[provider, ...others].join(', ')}`,
                'Write `accounts` with those of one cloud.',
              ),
            ]
          : placeProblems(path, { provider, accounts: move.accounts, regions: move.regions }, accounts, clouds)),
    ];
  });
}
