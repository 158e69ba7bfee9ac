import type { Gap, RegionSnapshot, Snapshot } from '@postern/core/internal/library';
import { counted, alikeGaps } from '@postern/core/internal/report';

/** What a snapshot holds, for programs. */
export interface SnapshotSummary {
  readonly version: 1;
  /** Where the snapshot was written. */
  readonly file: string;
  readonly takenAt: string;
  readonly regions: readonly {
    readonly provider: string;
    readonly region: string;
    readonly account: string;
    /** How many items each list holds; a list that was not read is missing. */
    readonly read: Readonly<Record<string, number>>;
    readonly gaps: readonly Gap[];
  }[];
}

/** The lists that a summary counts, as people call them. */
const COUNTED: readonly (readonly [keyof RegionSnapshot, string])[] = [
  ['links', 'link'],
  ['gateways', 'gateway'],
  ['targets', 'target'],
  ['networks', 'network'],
  ['subnets', 'subnet'],
  ['securityGroups', 'security group'],
  ['routeTables', 'route table'],
  ['networkAcls', 'network ACL'],
  ['loadBalancers', 'load balancer'],
  ['instances', 'instance'],
];

/** What a snapshot holds, counted, with its gaps. */
export function summaryOf({ takenAt, regions }: Snapshot, file: string): SnapshotSummary {
  return {
    version: 1,
    file,
    takenAt,
    regions: regions.map(({ provider, region, account, gaps, ...lists }) => ({
      provider,
      region,
      account,
      read: Object.fromEntries(
        Object.entries(lists).flatMap(([name, list]) =>
          Array.isArray(list) && name !== 'whole' ? [[name, list.length]] : [],
        ),
      ),
      gaps,
    })),
  };
}

/**
 * `aws eu-west-1 of account 111122223333: 2 links, 1 gateway`, then the lists that could not be read, each
 * once, and the permissions that they need.
 */
export function summaryLines({ regions }: Snapshot): string[] {
  return regions.flatMap((region) => {
    const counts = COUNTED.flatMap(([list, noun]) => {
      const items = region[list];
      return Array.isArray(items) && items.length > 0 ? [counted(items.length, noun)] : [];
    });
    const place = `${region.provider} ${region.region} of account ${region.account}`;
    return [`${place}: ${counts.length === 0 ? 'nothing' : counts.join(', ')}`, ...alikeGaps(region.gaps).map(gapLine)];
  });
}

function gapLine({ what, operation, code, permission }: Gap): string {
  const remedy = permission === undefined ? '' : `; allow ${permission}`;
  return `  could not be read: ${what} (${operation} returned ${code})${remedy}`;
}
