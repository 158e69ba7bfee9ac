import type { MoveRequest } from '@postern/core/moves';
import type { AssumedFacts, PlacedProblem } from '@postern/core/spec';
import { matches } from '../matches.js';
import type { FleetMove, FleetMoves } from '../model.js';
import type { FleetFile, FleetFileAccount, MoveSelection } from './fleet-file.js';
import type { FleetWork } from './fleet-work.js';

/**
 * What moves in each account and region, in the order of the file. `specs`: what they assume holds for the moves of their account and
 * region, too.
 */
export function planMoves(
  { accounts, moves }: FleetFile,
  specs: readonly FleetWork[],
): { readonly work: readonly FleetWork[]; readonly problems: readonly PlacedProblem[] } {
  const problems: PlacedProblem[] = [];
  const places = new Map<
    string,
    { readonly account: FleetFileAccount; readonly region: string; readonly moves: FleetMove[] }
  >();
  for (const selection of moves) {
    const { accounts: patterns, regions, provider, place } = selection;
    const there = accounts.filter(
      (one) => one.provider === provider && (patterns?.some((pattern) => matches(pattern, one.name)) ?? true),
    );
    for (const account of there) {
      const filled = withVars(selection, account);
      if ('unknown' in filled) {
        problems.push(noVariable(filled.unknown, account, place));
        continue;
      }
      const given = regions ?? account.regions;
      if (given.length === 0) problems.push(noRegion(account, place));
      for (const region of given) {
        const name = `moves@${account.name}/${region}`;
        const known = places.get(name) ?? { account, region, moves: [] };
        places.set(name, known);
        known.moves.push(filled);
      }
    }
  }
  const work = [...places].map(([name, { account, region, moves: own }]): FleetWork => {
    const here = specs.filter((one) => one.account === account.name && one.region === region);
    const assume = mergedFacts(here.flatMap(({ spec }) => spec.assume ?? []));
    const spec = { version: 1 as const, project: 'moves', links: {}, integrations: {}, assume };
    const what: FleetMoves = { provider: account.provider, account: account.id, region, moves: own };
    return { name, file: 'moves', account: account.name, region, spec, moves: what };
  });
  return { work, problems };
}

/** A move with the values of an account in place of `${var:name}`; or a name without a value. */
function withVars(
  { what, provider: _provider, accounts: _accounts, regions: _regions, place: _place, ...how }: MoveSelection,
  { vars }: FleetFileAccount,
): FleetMove | { readonly unknown: string } {
  let unknown: string | undefined;
  const filled = (text: string): string =>
    text.replaceAll(/\$\{var:([\w.-]+)\}/g, (whole, name: string) => {
      if (Object.hasOwn(vars, name)) return vars[name] ?? '';
      unknown ??= name;
      return whole;
    });
  const request = Object.fromEntries(Object.entries(what).map(([key, text]) => [key, filled(text)]));
  const { manage, acceptUnknown } = how;
  const move = {
    ...how,
    request: request as unknown as MoveRequest, // `moveProblems` has looked at its keys
    manage: manage?.map(filled),
    acceptUnknown: acceptUnknown?.map(filled),
  };
  return unknown === undefined ? move : { unknown };
}

function noVariable(name: string, account: FleetFileAccount, place: MoveSelection['place']): PlacedProblem {
  const message = `\${var:${name}} has no value in account ${account.name}`;
  return { code: 'INVALID_FLEET', message, remedy: `Add ${name} to \`accounts.${account.name}.vars\`.`, place };
}

function noRegion(account: FleetFileAccount, place: MoveSelection['place']): PlacedProblem {
  const message = `no region is given for account ${account.name}`;
  return {
    code: 'INVALID_FLEET',
    message,
    remedy: 'Add `regions` to the move, to the account or to the fleet.',
    place,
  };
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
