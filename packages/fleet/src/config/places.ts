import type { SourcePlace, Clouds } from '@postern/core/internal/library';
import { regionFault } from '@postern/core/internal/driver';
import type { Problem } from '@postern/core/internal/spec-form';
import { matches } from '../client.js';

/** Where an entry is carried out. */
export type EntryPlaces = {
  readonly provider: string;
  /** Names, or patterns of names such as `shop-*`; undefined: all of the provider. */
  readonly accounts?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly place: SourcePlace;
};

/** The accounts of a file, by their names. */
export type FleetAccounts = Readonly<Record<string, { readonly provider?: string | undefined }>>;

export const namesOf = ({ all }: Clouds): readonly string[] => all.map(({ name }) => name);

/** The cloud of an account that names none: the first of the set. */
export const firstOf = (set: Clouds): string => namesOf(set)[0] ?? '';

/** Accounts and regions of an entry that do not exist. */
export function placeProblems(
  path: Problem['path'],
  { provider, accounts: patterns, regions }: Omit<EntryPlaces, 'place'>,
  accounts: FleetAccounts,
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
