import { InvalidInputError, type Clouds } from '@postern/core/internal/library';
import { parseAccepted, type MoveRequest } from '@postern/core/internal/moves';
import type { AssumedFacts, PlacedProblem } from '@postern/core/internal/spec';
import type { FleetMove, FleetMoves } from '../model.js';
import type { BroughtSelection } from '../brought/entries.js';
import type { BroughtNames, BroughtEntries, BroughtKey } from '../brought/names.js';
import { placeEntries, type FleetWork, type FleetFile, type MoveSelection } from './fleet-file.js';

/**
 * What moves in each account and region, in the order of the file. `specs`: what they assume holds for the moves of their account and
 * region, too.
 */
export function planMoves(
  { accounts, moves }: FleetFile,
  specs: readonly FleetWork[],
  clouds: Clouds,
): { readonly work: readonly FleetWork[]; readonly problems: readonly PlacedProblem[] } {
  const { places, problems } = placeEntries({ key: 'moves', noun: 'move' }, { accounts, entries: moves }, fleetMove);
  const work = [...places].map(([name, { account, region, entries }]): FleetWork => {
    const here = specs.filter((one) => one.account === account.name && one.region === region);
    const assume = mergedFacts(here.flatMap(({ spec }) => spec.assume ?? []));
    const spec = { version: 1 as const, project: 'moves', spec: 'moves', links: {}, integrations: {}, assume };
    const what: FleetMoves = { provider: account.provider, account: account.id, region, moves: entries };
    return { name, file: 'moves', account: account.name, region, spec, moves: what };
  });
  return { work, problems: [...problems, ...moves.flatMap((one) => unknownChecks(one, clouds))] };
}

/** Checks that do not exist. A text with variables is not looked at. */
function unknownChecks({ acceptUnknown = [], place }: MoveSelection, clouds: Clouds): readonly PlacedProblem[] {
  return acceptUnknown.flatMap((text) => {
    if (text.includes('${')) return [];

    try {
      parseAccepted(text, clouds);
      return [];
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;

      const { code, message, remedy = '' } = error;
      return [{ code, message: `acceptUnknown: ${message}`, remedy, place }];
    }
  });
}

function fleetMove({
  what,
  provider: _provider,
  accounts: _accounts,
  regions: _regions,
  place: _place,
  ...how
}: MoveSelection): FleetMove {
  return { ...how, request: what as unknown as MoveRequest }; // `moveProblems` has looked at its keys
}

/** Facts of several specs of one place. */
function mergedFacts(all: readonly AssumedFacts[]): AssumedFacts | undefined {
  if (all.length === 0) return undefined;

  const merged: Record<string, unknown> = {};
  for (const facts of all)
    for (const [key, value] of Object.entries(facts)) {
      const known = merged[key];
      merged[key] = Array.isArray(value)
        ? [...((known as unknown[] | undefined) ?? []), ...(value as unknown[])]
        : { ...(known as object | undefined), ...(value as object | undefined) };
    }
  return merged;
}

/** The work of a kind that a cloud brings, in each account and region, in the order of the file. */
export function planBrought(
  fleet: FleetFile,
  { key, entry: noun }: BroughtNames & { readonly key: BroughtKey },
): { readonly work: readonly FleetWork[]; readonly problems: readonly PlacedProblem[] } {
  const { accounts } = fleet;
  const selected: readonly BroughtSelection[] = fleet[key];
  const { places, problems } = placeEntries({ key, noun }, { accounts, entries: selected }, ({ how }) => how);
  const work = [...places].map(([name, { account, region, entries }]): FleetWork => {
    const spec = { version: 1 as const, project: key, spec: key, links: {}, integrations: {} };
    const what = { [key]: { provider: account.provider, account: account.id, region, [key]: entries } };
    return { name, file: key, account: account.name, region, spec, ...(what as BroughtEntries) };
  });
  return { work, problems };
}
