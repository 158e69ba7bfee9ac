import type { Gap, RegionSnapshot, SnapshotList } from '../../snapshot/snapshot.js';
import type { Missing, RegionIndex } from '../views.js';
import { wasAsked } from './asked.js';

/**
 * The lists that by their contract hold what was asked for: what one of them lacks is not there. What a network list lacks may
 * only not have been read, unless the list is whole.
 */
const NAMED: ReadonlySet<SnapshotList> = new Set<SnapshotList>([
  'links',
  'gateways',
  'targets',
  'allowlists',
  'egress',
  'loadBalancers',
  'listeners',
  'targetGroups',
  'certificates',
  'services',
  'instances',
  'quotas',
  'privateDomains',
  'serviceRoles',
]);

/** The lists as people call them. */
const WORDS: Readonly<Record<SnapshotList, string>> = {
  links: 'links',
  gateways: 'gateways',
  targets: 'targets',
  allowlists: 'allowlists',
  egress: 'addresses of links',
  networks: 'networks',
  subnets: 'subnets',
  securityGroups: 'security groups',
  loadBalancers: 'load balancers',
  listeners: 'listeners',
  interfaces: 'network interfaces',
  routeTables: 'route tables',
  networkAcls: 'network ACLs',
  prefixLists: 'prefix lists',
  peerings: 'peerings',
  transitGateways: 'transit gateways',
  virtualGateways: 'virtual gateways',
  instances: 'instances',
  targetGroups: 'target groups',
  certificates: 'certificates',
  services: 'discovery services',
  zones: 'zones',
  privateDomains: 'private domains',
  serviceRoles: 'service roles',
  quotas: 'quotas',
};

const ONE: Readonly<Partial<Record<SnapshotList, string>>> = {
  networkAcls: 'network ACL',
  privateDomains: 'private domain',
  egress: 'the addresses of link',
};

const TAKE_AGAIN =
  'Take the snapshot again with `postern snapshot` or `postern check`, which read what checks look at.';

/** `security group sg-1`; without an id `security groups of eu-west-1`. */
function whatText(region: RegionSnapshot, list: SnapshotList, id: string | undefined): string {
  if (id === undefined) return `the ${WORDS[list]} of ${region.region}`;
  const one = ONE[list] ?? (list === 'quotas' ? 'quota' : WORDS[list].replace(/s$/, ''));
  return `${one} ${id} of ${region.region}`;
}

/** Says why a list may lack something; with an id, why it may lack that one thing. Undefined where no gap touches it. */
export type GapFacts = (list: SnapshotList, id?: string) => Missing | undefined;

/**
 * What a region's gaps say, sorted once by list and id: a snapshot may have thousands of gaps, and a check may ask as often. The
 * first gap gives the words; all permissions that would fill gaps of the list stand in the remedy.
 */
export function gapFacts(region: RegionSnapshot): GapFacts {
  const everywhere: Gap[] = [];
  const whole = new Map<SnapshotList, Gap[]>();
  const single = new Map<string, Gap[]>();
  const add = <K>(map: Map<K, Gap[]>, key: K, gap: Gap): void => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [gap]);
    else known.push(gap);
  };
  for (const gap of region.gaps) {
    if (gap.of === undefined) everywhere.push(gap);
    else add(whole, gap.of, gap);
    if (gap.of !== undefined && gap.id !== undefined) add(single, `${gap.of} ${gap.id}`, gap);
  }
  const general = new Map([...whole].map(([list, gaps]) => [list, gaps.filter(({ id }) => id === undefined)]));
  const memo = new Map<string, Missing | undefined>();
  const factOf = (list: SnapshotList, id: string | undefined): Missing | undefined => {
    const others = everywhere.filter((gap) => gap.id === undefined || id === undefined || gap.id === id);
    const gaps =
      id === undefined
        ? [...(whole.get(list) ?? []), ...others]
        : [...(single.get(`${list} ${id}`) ?? []), ...(general.get(list) ?? []), ...others];
    const [first] = gaps;
    if (first === undefined) return undefined;
    const permissions = [...new Set(gaps.flatMap(({ permission }) => (permission === undefined ? [] : [permission])))];
    return {
      what: first.of === undefined ? whatText(region, list, id) : first.what,
      remedy:
        permissions.length === 0
          ? `${first.operation} answered ${first.code}: run the check again, with a new snapshot where it reads one.`
          : `Allow ${permissions.join(' and ')} for these credentials, then run the check again, with a new snapshot where it reads one.`,
      permission: permissions[0],
      permissions,
      failed: true,
      gap: first,
    };
  };
  return (list, id) => {
    if (everywhere.length === 0 && !whole.has(list)) return undefined;
    const key = id === undefined ? list : `${list} ${id}`;
    if (!memo.has(key)) memo.set(key, factOf(list, id));
    return memo.get(key);
  };
}

/**
 * Why something of a list, or of one thing in it, was refused or failed to be read; `otherwise` where nothing was: it was not asked
 * for, or the cloud does not tell. What was refused is had by a permission, not by another snapshot.
 */
export function refusedOr(
  { missing }: Pick<RegionIndex, 'missing'>,
  list: SnapshotList,
  id: string | undefined,
  otherwise: Missing,
): Missing {
  const gap = missing(list, id);
  return gap?.failed === true ? gap : otherwise;
}

/** The fact that `list` was not read at all, or not for this: undefined where what it lacks is surely not there. */
export function unreadFact(region: RegionSnapshot, list: SnapshotList, id?: string): Missing | undefined {
  if (region[list] !== undefined && (NAMED.has(list) || region.whole?.includes(list) === true)) return undefined;
  if (id !== undefined && wasAsked(region, list, id)) return undefined;
  return { what: whatText(region, list, id), remedy: TAKE_AGAIN };
}

/** The fact that a list does not hold all there is of its kind in the region: undefined where it is known to. */
export function partFact(region: RegionSnapshot, list: SnapshotList): Missing | undefined {
  if (region[list] !== undefined && region.whole?.includes(list) === true) return undefined;
  return { what: `all ${WORDS[list]} of ${region.region}`, remedy: TAKE_AGAIN };
}
