import { thing } from '../../do/findings/subject.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Gap, RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import { indexOnce } from '../../do/world/index/region-index.js';
import { sortSnapshot } from '../../do/snapshot/sort.js';
import { blockersOf } from './accept.js';
import { hiddenReport } from './hidden-report.js';
import type { AcceptedUnknown, MigrationReport } from './migration.js';
import { judgeSorted, type JudgedMigration, type ValidateOptions } from './validate.js';

/** A whole instance of Alibaba Cloud: all groups that are on it. */
export interface InstanceMigration {
  readonly provider?: 'alibaba' | undefined;
  readonly region?: string | undefined;
  /** The IDs of the instances. */
  readonly from: string;
  readonly to: string;
}

/** One group of an instance, and whether it may move. */
export interface GroupReport {
  /** The group's ID; that of the instance where its groups could not be read. */
  readonly gateway: string;
  readonly name: string;
  readonly mayGo: boolean;
  readonly report: MigrationReport;
}

/**
 * Evaluates every group of an instance, in the order in which to move them. Groups that may move come first,
 * and of these the one with the least risk: the fewest warnings and unknowns, then the fewest APIs. A group
 * that could not be read, and may be on the instance, is listed as one that must not move. So are all other
 * groups if groups could not be listed.
 * @throws {InvalidInputError} `NOT_FOUND` if no group is on the instance, and all could be read; what `validateMigration` throws.
 */
export function validateInstance(
  snapshot: Snapshot,
  asked: InstanceMigration,
  options: ValidateOptions & { readonly accept?: readonly AcceptedUnknown[] | undefined },
): readonly GroupReport[] {
  return judgeInstance(snapshot, asked, options, ({ report }) => report).map(
    ({ gateway, name, mayGo, used: report }): GroupReport => ({ gateway, name, mayGo, report }),
  );
}

/**
 * As {@link validateInstance}, with what `use` takes of each group: what a group is judged by is not kept, because there
 * may be hundreds.
 */
export function judgeInstance<T>(
  given: Snapshot,
  asked: InstanceMigration,
  options: ValidateOptions & {
    readonly accept?: readonly AcceptedUnknown[] | undefined;
    readonly impact?: boolean;
  },
  use: (judged: JudgedMigration) => T,
): readonly (Omit<GroupReport, 'report'> & { readonly used: T })[] {
  const snapshot = sortSnapshot(given);
  const index = indexOnce(options.clouds);
  const { region, from, to } = readInstanceMigration(asked);
  const regions = snapshot.regions.filter((one) => one.provider === 'alibaba' && (region ?? one.region) === one.region);
  const there = regions.flatMap((one) => one.gateways.map((gateway) => ({ gateway, place: one })));
  const groups = there.filter(({ gateway }) => gateway.linkId === from);
  const read = new Set(there.map(({ gateway }) => gateway.id));
  const unread = regions.flatMap((one) => unreadGroups(one, read));
  if (groups.length === 0 && unread.length === 0) {
    throw new InvalidInputError('NOT_FOUND', `no API group is on ${from}`, {
      remedy: 'Check the ID of the instance and the region, or name one group.',
    });
  }
  const rankOf = ({ findings }: MigrationReport, routes: number) => {
    const risks = findings.filter(({ verdict, severity }) => verdict !== 'pass' && severity !== 'note').length;
    const mayGo = blockersOf({ findings }, options.accept).length === 0;
    return { mayGo, rank: [mayGo ? 0 : 1, risks, routes] as const };
  };
  const judged = [
    ...groups.map(({ gateway: { id, name, routes }, place }) => {
      const one = judgeSorted(snapshot, index, { region: place.region, group: id, to }, options);
      return { gateway: id, name, used: use(one), ...rankOf(one.report, routes.length) };
    }),
    ...unread.map((one) => {
      const { gateway, name, report } = hiddenGroup(snapshot, one, from);
      return { gateway, name, used: use({ report }), ...rankOf(report, 0) };
    }),
  ];
  return judged
    .toSorted((a, b) => compare(a.rank, b.rank) || (a.gateway < b.gateway ? -1 : 1))
    .map(({ rank: _rank, ...one }) => one);
}

interface Unread {
  /** Undefined: the groups are unknown. */
  readonly id?: string | undefined;
  readonly gap: Gap;
}

/**
 * The call that lists groups. If, for example, plug-ins could not be read, all groups are listed, and each
 * report names what is missing.
 */
const LISTING = 'DescribeApiGroups';

/** What could not be read of the groups of a region: single groups, or the list of groups. */
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
  const asked = id === undefined ? `which groups are on ${from}` : `whether ${id} is on ${from} and may move`;
  const report = hiddenReport(snapshot, {
    gateway: id ?? from,
    subject: id === undefined ? thing('groups', from, `groups of ${from}`) : thing('gateway', id),
    code: 'GROUPS_NOT_READ',
    params: { group: id, from, what },
    message: `cannot determine ${asked}: ${what} could not be read`,
    fact: { what, permission },
    remedy:
      permission === undefined
        ? `Run the check again, with a new snapshot where it reads one: ${operation} returned ${code}.`
        : `Allow ${permission} for these credentials, then run the check again, with a new snapshot where it reads one.`,
  });
  return { gateway: id ?? from, name: id ?? 'groups that could not be listed', report };
}

/** @throws {InvalidInputError} `INVALID_INPUT` if `from` or `to` is missing. */
function readInstanceMigration(given: InstanceMigration): InstanceMigration {
  const value: Partial<Record<keyof InstanceMigration, unknown>> =
    typeof given === 'object' && given !== null ? { ...given } : {};
  for (const name of ['from', 'to'] as const) {
    if (typeof value[name] !== 'string' || value[name] === '') {
      throw new InvalidInputError(
        'INVALID_INPUT',
        `\`${name}\` is required: ${name === 'from' ? 'the instance to move from' : 'the instance to move to'}`,
        {
          remedy: 'Write { from, to } with the IDs of the instances.',
        },
      );
    }
  }
  if (value.provider !== undefined && value.provider !== 'alibaba') {
    throw new InvalidInputError(
      'INVALID_INPUT',
      `provider: expected "alibaba", got ${JSON.stringify(value.provider)}`,
      {
        remedy: 'Write "alibaba", or remove provider.',
      },
    );
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
