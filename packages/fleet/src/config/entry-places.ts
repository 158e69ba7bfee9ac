import { regionFault } from '@postern/core/driver';
import type { Clouds } from '@postern/core/kinds';
import type { SourcePlace } from '@postern/core';
import type { PlacedProblem } from '@postern/core/spec';
import type { Problem } from '@postern/core/spec-form';
import { matches } from '../client.js';
import type { EntryPlaces, FleetFileAccount } from './fleet-file.js';
import { firstOf, type FleetInput } from './fleet-schema.js';
import type { FleetHandovers, FleetMoves, PlainSpec } from '../model.js';

/** Accounts and regions of an entry that do not exist. */
export function placeProblems(
  path: Problem['path'],
  { provider, accounts: patterns, regions }: Omit<EntryPlaces, 'place'>,
  accounts: FleetInput['accounts'],
  clouds: Clouds,
): readonly Problem[] {
  const cloud = clouds.named(provider);
  const names = Object.entries(accounts)
    .filter(([, one]) => (one.provider ?? firstOf(clouds)) === provider)
    .map(([name]) => name);
  return [
    ...(patterns === undefined && names.length === 0
      ? [problem(path, `no account of ${provider} is given`, 'Add the account to `accounts`.')]
      : []),
    ...(patterns ?? []).flatMap((pattern, index) =>
      names.some((name) => matches(pattern, name))
        ? []
        : [unknown([...path, 'accounts', index], `account of ${provider}`, pattern, names)],
    ),
    ...(regions ?? []).flatMap((region, index) => {
      const fault = cloud && regionFault(cloud.regions, region);
      return fault === undefined ? [] : [problem([...path, 'regions', index], fault.message, fault.remedy)];
    }),
  ];
}

/** What is carried out in one account and region. */
export type PlacedEntries<T> = {
  readonly account: FleetFileAccount;
  readonly region: string;
  readonly entries: T[];
};

/**
 * The entries of each account and region, in the order of the file. `what` is the key that declares them: `moves`. Their texts may hold
 * `${var:name}`: the value of the account takes its place.
 */
export function placeEntries<E extends EntryPlaces, T>(
  what: 'moves' | 'handovers',
  { accounts, entries }: { readonly accounts: readonly FleetFileAccount[]; readonly entries: readonly E[] },
  valueOf: (entry: E) => T,
): { readonly places: ReadonlyMap<string, PlacedEntries<T>>; readonly problems: readonly PlacedProblem[] } {
  const problems: PlacedProblem[] = [];
  const places = new Map<string, PlacedEntries<T>>();
  for (const entry of entries) {
    const { accounts: patterns, regions, provider, place } = entry;
    const matchingAccounts = accounts.filter(
      (one) => one.provider === provider && (patterns?.some((pattern) => matches(pattern, one.name)) ?? true),
    );
    for (const account of matchingAccounts) {
      const unknownNames = new Set<string>();
      const filled = withVars(valueOf(entry), account.vars, unknownNames);
      const [missing] = unknownNames;
      if (missing !== undefined) {
        problems.push(noVariable(missing, account, place));
        continue;
      }
      const given = regions ?? account.regions;
      if (given.length === 0) problems.push(noRegion(what, account, place));
      for (const region of given) {
        const name = `${what}@${account.name}/${region}`;
        const known = places.get(name) ?? { account, region, entries: [] };
        places.set(name, known);
        known.entries.push(filled);
      }
    }
  }
  return { places, problems };
}

/** A value with those of an account in place of `${var:name}`, in texts at any depth. `missing` gets names without a value. */
function withVars<T>(value: T, vars: Readonly<Record<string, string>>, missing: Set<string>): T {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{var:([\w.-]+)\}/g, (whole, name: string) => {
      if (Object.hasOwn(vars, name)) return vars[name] ?? '';
      missing.add(name);
      return whole;
    }) as T;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => withVars(one, vars, missing)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withVars(one, vars, missing)])) as T;
}

function noVariable(name: string, account: FleetFileAccount, place: SourcePlace): PlacedProblem {
  const message = `\${var:${name}} has no value in account ${account.name}`;
  return { code: 'INVALID_FLEET', message, remedy: `Add ${name} to \`accounts.${account.name}.vars\`.`, place };
}

function noRegion(what: 'moves' | 'handovers', account: FleetFileAccount, place: SourcePlace): PlacedProblem {
  const message = `no region is given for account ${account.name}`;
  const entry = what === 'moves' ? 'move' : 'hand-over';
  return {
    code: 'INVALID_FLEET',
    message,
    remedy: `Add \`regions\` to the ${entry}, to the account or to the fleet.`,
    place,
  };
}

/** A problem of the file of a fleet. */
export function problem(path: Problem['path'], message: string, remedy: string | undefined): Problem {
  return { code: 'INVALID_FLEET', path, message, remedy };
}

/** Something that is given twice. */
export function twice(path: Problem['path'], message: string): Problem {
  return problem(path, message, 'Remove one of the two.');
}

/** A name that the file does not define. */
export function unknown(path: Problem['path'], what: string, given: string, defined: readonly string[]): Problem {
  const some = defined.slice(0, 10).join(', ');
  const remedy = defined.length === 0 ? 'Define it.' : `Write one of ${some}${defined.length > 10 ? ', …' : ''}.`;
  return { code: 'UNKNOWN_REFERENCE', path, message: `${given} is not a defined ${what}`, remedy };
}

/** A spec in one account and region: what one worker carries out. */
export type FleetWork = {
  /** `teams/shop.yaml@shop-prod/eu-west-1`. The same in every run. */
  readonly name: string;
  readonly file: string;
  /** The name of the account. */
  readonly account: string;
  readonly region: string;
  /** The part of the spec that is in this account and region. */
  readonly spec: PlainSpec;
  /** Of the goal `migrate`. */
  readonly moves?: FleetMoves | undefined;
  /** Of the goal `handover`. */
  readonly handovers?: FleetHandovers | undefined;
};
