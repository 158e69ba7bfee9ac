import { MAX_PORT } from '../../ground/ports.js';
import { kindOfLink } from '../kinds/cloud/link-kinds.js';
import type { PortRange } from '../model/allowlist.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import type { SecurityGroup, SecurityGroupRule, Subnet } from '../model/network.js';
import type { LinkSpec, LookUp, Spec } from '../spec.js';
import type { RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import { regionOf } from './index/region-index.js';

/** What stands for the security group that the cloud creates with a new link. */
export function managedGroupOf(link: string): string {
  return `the security group of link ${link}`;
}

/**
 * The snapshot with what comes with links that do not exist yet and whose security group the cloud creates: that group, and
 * the rules in groups of backends that a plan adds for it (`allowGroups`). So a path is judged as it will be. A link that
 * exists is judged as it is: what is declared and missing does not apply yet.
 */
export function withPlannedAdmission(snapshot: Snapshot, spec: Spec, clouds: Clouds): Snapshot {
  const planned = Object.entries(spec.links).filter(([name, link]) => isPlanned(snapshot, spec, clouds, name, link));
  if (planned.length === 0) return snapshot;

  const regions = new Map(snapshot.regions.map((region) => [region, region]));
  for (const [name, link] of planned) {
    const linkRegion = regionOf(snapshot, spec, name, link);
    const region = regions.get(linkRegion) ?? linkRegion;
    regions.set(linkRegion, { ...region, securityGroups: groupsWith(region, spec, name, link) });
  }
  return { ...snapshot, regions: snapshot.regions.map((region) => regions.get(region) ?? region) };
}

function isPlanned(snapshot: Snapshot, spec: Spec, clouds: Clouds, name: string, link: LinkSpec): boolean {
  const kind = kindOfLink(clouds, link);
  if (clouds.link(kind).groupIsManaged !== true || link.id !== undefined || link.owner === 'external') return false;

  const existingLinks = snapshot.regions.flatMap(({ links }) => links);
  return !existingLinks.some(
    ({ kind: own, owner }) => own === kind && owner?.project === spec.project && owner.integration === name,
  );
}

function groupsWith(
  { securityGroups, subnets }: RegionSnapshot,
  spec: Spec,
  name: string,
  { allowGroups = {}, subnets: declared = [] }: LinkSpec,
): readonly SecurityGroup[] {
  const id = managedGroupOf(name);
  const targets = Object.values(spec.integrations).filter(({ link }) => link === name);
  const ports = targets.flatMap((one) =>
    Object.values(one.targets).map(({ ref }) => ('port' in ref ? ref.port : undefined)),
  );
  const own = subnets.filter((one) => declared.some((by) => isMeant(by, one)));
  const networkId = own[0]?.networkId ?? '';
  const blocks = own.map(({ cidrBlock }) => cidrBlock);
  const group: SecurityGroup = { id, name: id, networkId, rules: [allOut], tags: {}, raw: null };
  const admitting = securityGroups.map((one) => {
    const ranges = Object.hasOwn(allowGroups, one.id) ? (allowGroups[one.id] ?? []) : undefined;
    if (ranges === undefined) return one;

    const wanted = ranges.length > 0 ? ranges : [...new Set(ports)].map(onPort);
    return { ...one, rules: [...one.rules, ...wanted.flatMap((range) => rulesFor(one, id, blocks, range))] };
  });
  return [...admitting, group];
}

/** Whether a subnet is the one, or one of those, that a spec names by ID, name or tag. */
function isMeant(by: LookUp, { id, name, tags }: Subnet): boolean {
  if (typeof by === 'string') return by === id;

  return 'name' in by ? by.name === name : Object.entries(by.tag).every(([key, value]) => tags[key] === value);
}

/** The rule of a target; of one whose port is not known all ports. */
function onPort(port: number | undefined): PortRange {
  return port === undefined ? { fromPort: 1, toPort: MAX_PORT } : { fromPort: port, toPort: port };
}

/** The group that the service creates is of the basic type, which allows all outbound traffic [I]. */
const allOut: SecurityGroupRule = {
  direction: 'out',
  protocol: 'all',
  fromPort: -1,
  toPort: -1,
  cidrBlock: '0.0.0.0/0',
  priority: 1,
};

/** An enterprise group cannot name another group: there the blocks of the link are admitted [U]. */
function rulesFor(
  { kind }: SecurityGroup,
  securityGroupId: string,
  blocks: readonly string[],
  range: PortRange,
): readonly SecurityGroupRule[] {
  const rule = { direction: 'in', protocol: 'tcp', ...range, priority: 1 } as const;
  return kind === 'enterprise' ? blocks.map((cidrBlock) => ({ ...rule, cidrBlock })) : [{ ...rule, securityGroupId }];
}
