import { thing } from '../findings/subject.js';
import { InvalidInputError } from '../errors.js';
import type { Gap, RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import { blockersOf } from './accept.js';
import { hiddenReport } from './hidden-report.js';
import type { AcceptedUnknown, MigrationReport } from './migration.js';
import { validateMigration, type ValidateOptions } from './validate.js';

/** A whole instance of Alibaba Cloud: all groups that are on it. */
export interface InstanceMigration {
  readonly provider?: 'alibaba' | undefined;
  readonly region?: string | undefined;
  /** The ids of the instances. */
  readonly from: string;
  readonly to: string;
}

/** One group of an instance, and whether it may go. */
export interface GroupReport {
  /** The group's id; that of the instance where nobody could read which groups are on it. */
  readonly gateway: string;
  readonly name: string;
  readonly mayGo: boolean;
  readonly report: MigrationReport;
}

/**
 * Judges every group of an instance, in the order in which to move them: those that may go first, and of these the one with the least to lose,
 * so that what goes wrong goes wrong where it matters least: the fewest warnings and unknowns, then the fewest APIs. A group that could not be
 * read, and may be on the instance, is listed as one that must not go; so are all others where groups could not be listed.
 * @throws {InvalidInputError} `NOT_FOUND` where no group is on the instance, and all could be read; what `validateMigration` throws.
 */
export function validateInstance(
  snapshot: Snapshot,
  asked: InstanceMigration,
  options: ValidateOptions & { readonly accept?: readonly AcceptedUnknown[] | undefined } = {},
): readonly GroupReport[] {
  const { region, from, to } = readInstanceMigration(asked);
  const regions = snapshot.regions.filter((one) => one.provider === 'alibaba' && (region ?? one.region) === one.region);
  const there = regions.flatMap((one) => one.gateways.map((gateway) => ({ gateway, place: one })));
  const groups = there.filter(({ gateway }) => gateway.linkId === from);
  const read = new Set(there.map(({ gateway }) => gateway.id));
  const unread = regions.flatMap((one) => unreadGroups(one, read));
  if (groups.length === 0 && unread.length === 0) {
    throw new InvalidInputError('NOT_FOUND', `no API group is on ${from}`, {
      remedy: 'Check the id of the instance and the region, or name one group.',
    });
  }
  const reports = [
    ...groups.map(({ gateway: { id, name, routes }, place }) => ({
      gateway: id,
      name,
      report: validateMigration(snapshot, { region: place.region, group: id, to }, options),
      routes: routes.length,
    })),
    ...unread.map((one) => ({ ...hiddenGroup(snapshot, one, from), routes: 0 })),
  ];
  const judged = reports.map(({ routes, ...one }) => {
    const { report } = one;
    const risks = report.findings.filter(({ verdict, severity }) => verdict !== 'pass' && severity !== 'note').length;
    const mayGo = blockersOf(report, options.accept).length === 0;
    return { ...one, mayGo, rank: [mayGo ? 0 : 1, risks, routes] as const };
  });
  return judged
    .toSorted((a, b) => compare(a.rank, b.rank) || (a.gateway < b.gateway ? -1 : 1))
    .map(({ gateway, name, mayGo, report }) => ({ gateway, name, mayGo, report }));
}

interface Unread {
  /** Undefined: nobody knows which groups there are. */
  readonly id?: string | undefined;
  readonly gap: Gap;
}

/** The call that lists groups. Without plug-ins, say, all groups are listed, and each report says what is missing from it. */
const LISTING = 'DescribeApiGroups';

/** What could not be read of the groups of a region: single ones, or which there are. */
function unreadGroups({ gaps, gateways }: RegionSnapshot, read: ReadonlySet<string>): readonly Unread[] {
  const found = new Map<string, Unread>();
  for (const gap of gaps) {
    const { of, id, operation } = gap;
    if (of !== undefined && of !== 'gateways') continue;
    if (
      id === undefined
        ? of === undefined || operation === LISTING || gateways.length === 0
        : of !== undefined && !read.has(id)
    ) {
      if (!found.has(id ?? '')) found.set(id ?? '', { id, gap });
    }
  }
  return [...found.values()];
}

function hiddenGroup(snapshot: Snapshot, { id, gap }: Unread, from: string): Omit<GroupReport, 'mayGo'> {
  const { what, operation, code, permission } = gap;
  const report = hiddenReport(snapshot, {
    gateway: id ?? from,
    subject: id === undefined ? thing('groups', from, `groups of ${from}`) : thing('gateway', id),
    code: 'GROUPS_NOT_READ',
    params: { group: id, from, what },
    fact: { what, permission },
    remedy:
      permission === undefined
        ? `${operation} answered ${code}: look again.`
        : `Allow ${permission} for these credentials, then look again.`,
  });
  return { gateway: id ?? from, name: id ?? 'groups that could not be listed', report };
}

/** @throws {InvalidInputError} `INVALID_INPUT` where an end is not said. */
function readInstanceMigration(given: InstanceMigration): InstanceMigration {
  const value: Partial<Record<keyof InstanceMigration, unknown>> =
    typeof given === 'object' && given !== null ? { ...given } : {};
  for (const name of ['from', 'to'] as const) {
    if (typeof value[name] !== 'string' || value[name] === '') {
      throw new InvalidInputError(
        'INVALID_INPUT',
        `it is not said ${name === 'from' ? 'which instance is left' : 'where to move to'}`,
        {
          remedy: 'Write { from, to } with the ids of the instances.',
        },
      );
    }
  }
  if (value.provider !== undefined && value.provider !== 'alibaba') {
    throw new InvalidInputError('INVALID_INPUT', `provider: ${JSON.stringify(value.provider)} has no instances`, {
      remedy: 'Write "alibaba", or leave it out.',
    });
  }
  return given;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) {
    const difference = value - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
