import { InvalidInputError } from '../errors.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { blockersOf } from './accept.js';
import type { AcceptedUnknown, MigrationReport } from './migration.js';
import { validateMigration, type ValidateOptions } from './validate.js';

/** A whole instance of Alibaba Cloud: all groups that are on it. */
export interface InstanceMigration {
  readonly provider: 'alibaba';
  readonly region?: string | undefined;
  /** The ids of the instances. */
  readonly from: string;
  readonly to: string;
}

/** One group of an instance, and whether it may go. */
export interface GroupReport {
  readonly gateway: string;
  readonly name: string;
  readonly mayGo: boolean;
  readonly report: MigrationReport;
}

/**
 * Judges every group of an instance, in the order in which to move them: those that may go first, and of these the one with the least to lose,
 * so that what goes wrong goes wrong where it matters least: the fewest warnings and unknowns, then the fewest APIs.
 * @throws {InvalidInputError} `NOT_FOUND` where no group is on the instance; what `validateMigration` throws.
 */
export function validateInstance(
  snapshot: Snapshot,
  { provider, region, from, to }: InstanceMigration,
  options: ValidateOptions & { readonly accept?: readonly AcceptedUnknown[] | undefined } = {},
): readonly GroupReport[] {
  const groups = snapshot.regions
    .filter((one) => one.provider === provider && (region ?? one.region) === one.region)
    .flatMap(({ gateways }) => gateways.filter(({ linkId }) => linkId === from));
  if (groups.length === 0) {
    throw new InvalidInputError('NOT_FOUND', `no API group is on ${from}`, {
      remedy: 'Check the id of the instance and the region, or name one group.',
    });
  }
  const judged = groups.map(({ id, name, routes }) => {
    const report = validateMigration(snapshot, { provider, region, group: id, to }, options);
    const risks = report.findings.filter(({ verdict, severity }) => verdict !== 'pass' && severity !== 'note').length;
    const mayGo = blockersOf(report, options.accept).length === 0;
    return { gateway: id, name, mayGo, report, rank: [mayGo ? 0 : 1, risks, routes.length] as const };
  });
  return judged
    .toSorted((a, b) => compare(a.rank, b.rank) || (a.gateway < b.gateway ? -1 : 1))
    .map(({ gateway, name, mayGo, report }) => ({ gateway, name, mayGo, report }));
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) {
    const difference = value - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
