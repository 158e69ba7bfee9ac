import type { Clouds } from '@postern/core/kinds';
import type { SourcePlace } from '@postern/core';
import type { Problem } from '@postern/core/spec-form';
import { placeProblems } from './entry-places.js';
import type { MoveSelection } from './fleet-file.js';
import type { FleetInput } from './fleet-schema.js';
import { problem } from './problems.js';

type MoveInput = NonNullable<FleetInput['moves']>[number];

/** What names what moves, and the keys that go with it. The first one that is given decides. */
const KINDS = [
  { key: 'group', provider: 'alibaba', required: ['to'], optional: [] },
  { key: 'restApi', provider: 'aws', required: ['stage', 'to', 'targetBalancer'], optional: ['from'] },
  { key: 'api', provider: 'aws', required: ['from', 'to'], optional: ['route'] },
  { key: 'from', provider: 'alibaba', required: ['to'], optional: [] },
] as const;

/** All keys of `KINDS`. */
const WHAT = ['group', 'restApi', 'api', 'from', 'to', 'route', 'stage', 'targetBalancer'] as const;

const kindOf = (move: MoveInput) => KINDS.find(({ key }) => move[key] !== undefined);

/** A move of the file, which {@link moveProblems} accepts. */
export function moveSelection(move: MoveInput, place: SourcePlace): MoveSelection {
  const { accounts, regions, manage, acceptUnknown, canary, batch, pause, drain, probePath } = move;
  const what = Object.fromEntries(WHAT.flatMap((key) => (move[key] === undefined ? [] : [[key, move[key]]])));
  const provider = kindOf(move)?.provider ?? 'aws';
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
    const { key, provider, required, optional } = kind;
    const given = WHAT.filter((one) => move[one] !== undefined);
    const expected: readonly string[] = [key, ...required, ...optional];
    return [
      ...required
        .filter((one) => move[one] === undefined)
        .map((one) => problem(path, `\`${one}\` is required with \`${key}\``, `Add \`${one}\`.`)),
      ...given
        .filter((one) => !expected.includes(one))
        .map((one) => problem([...path, one], `\`${one}\` does not go with \`${key}\``, 'Remove one of them.')),
      ...placeProblems(path, { provider, accounts: move.accounts, regions: move.regions }, accounts, clouds),
    ];
  });
}
