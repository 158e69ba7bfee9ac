import type { AllowEntry, CallContext, Owner, Egress, Link } from '@postern/core/internal/library';
import {
  CloudError,
  entryKey,
  ownerFromTags,
  parseMark,
  readUntil,
  ruleInWords,
  toEntry,
  UnsupportedError,
  type Allowlist,
  type AllowlistMethods,
  type SeenBy,
  ALL_PORTS,
} from '@postern/core/internal/adapter';
import type { SecurityGroup, SecurityGroupRule } from '@postern/core/internal/snapshot';
import type { Session } from '../client/session.js';
import {
  authorizeRules,
  revokeRules,
  securityGroupsById,
  permissionsOf,
  toSecurityGroup,
} from '../networks/security-group.js';
import { listLoadBalancers, toLoadBalancer, type ReadBalancer } from '../load-balancing/load-balancer.js';
import { STALENESS_MS } from '../limits.js';
import { getBalancerLink, toBalancerLink } from './balancer-link.js';
import { formatPrefix, parsePrefix } from '@postern/core/internal/cidr';
import type { NetworkInterfaceOutput } from '../sdk-types.js';
import { listInterfaces, toInterface } from '../networks/network-interface.js';

/** What a load balancer admits that has no security groups, or whose rules do not apply to PrivateLink. */
const EVERYTHING: readonly AllowEntry[] = ['0.0.0.0/0', '::/0'].map((cidrBlock) => ({
  cidrBlock,
  protocol: 'all',
  ...ALL_PORTS,
}));

/**
 * What the load balancer of a V1 link admits, as inbound rules of its security groups. They apply to calls
 * through a V1 link only while the load balancer enforces them on PrivateLink traffic; otherwise it admits
 * everything, and changes are refused (`UNSUPPORTED`). Only rules with the mark of the link's project are entries:
 * other rules of the groups are never changed.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
export function balancerAllowlist(session: Session): AllowlistMethods {
  return {
    prepare: () =>
      Promise.reject(
        new UnsupportedError('a VPC link V1 has no security groups of its own', {
          remedy: 'Remove the allowlist from the link. What it reaches is decided by the groups of its load balancer.',
        }),
      ),
    read: async (linkId, ctx) => (await readInbound(session, linkId, ctx)).list,
    allow: async (linkId, entries, ctx) => {
      const { groups, owner } = await readFiltered(session, linkId, ctx);
      const [first] = groups;
      if (first === undefined) return;

      await authorizeRules(session, 'Ingress', first.id, permissionsOf(entries, owner), ctx);
    },
    revoke: async (linkId, entries, ctx) => {
      const gone = new Set(entries.map(entryKey));
      // The caller has seen them.
      const hasAll = ({ list }: { readonly list: Allowlist }): boolean =>
        [...gone].every((key) => list.entries.some((entry) => entryKey(entry) === key));
      const read = () => readFiltered(session, linkId, ctx);
      const { groups, owner } = await readUntil(read, hasAll, STALENESS_MS, ctx);
      for (const group of groups) {
        const own = entriesOf(group, owner).filter((entry) => gone.has(entryKey(entry)));
        await revokeRules(session, 'Ingress', group.id, permissionsOf(own, owner), ctx);
      }
    },
    mark: () => Promise.resolve(),
    release: () => Promise.resolve(),
  };
}

/** A V1 link's allowlist, and the security groups whose inbound rules decide; none where no rules apply. */
async function readInbound(session: Session, linkId: string, ctx: CallContext) {
  const link = await getBalancerLink(session, linkId, ctx);
  if (link === undefined) {
    throw new CloudError('NOT_FOUND', `VPC link ${linkId} does not exist`, { operation: 'GetVpcLink' });
  }

  const owner = ownerFromTags(link.tags ?? {});
  const balancer = await balancerOf(session, link.targetArns ?? [], ctx);
  const isFiltered = balancer.securityGroupIds.length > 0 && balancer.privateLinkEnforced !== false;
  const outputs = isFiltered ? await securityGroupsById(session, ctx, balancer.securityGroupIds) : [];
  const groups = outputs.map(toSecurityGroup).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { list: isFiltered ? toList(linkId, groups, owner) : admitsAll(linkId), groups, owner };
}

/** The same, to change it. @throws {UnsupportedError} where nothing filters the calls of the link */
async function readFiltered(session: Session, linkId: string, ctx: CallContext) {
  const found = await readInbound(session, linkId, ctx);
  if (found.list.filter !== 'none') return found;

  throw new UnsupportedError(`the load balancer of VPC link ${linkId} does not filter calls through the link`, {
    remedy:
      'Nothing needs to be allowed. To filter calls, first turn on that the load balancer enforces the inbound rules ' +
      'of its security groups on PrivateLink traffic.',
  });
}

async function balancerOf(session: Session, arns: readonly string[], ctx: CallContext): Promise<ReadBalancer> {
  const balancers = (await listLoadBalancers(session, ctx)).map(toLoadBalancer);
  const found = balancers.find(({ id }) => arns.includes(id));
  if (found !== undefined) return found;

  throw new CloudError('NOT_FOUND', `load balancer ${arns.join(', ')} does not exist in ${session.region}`, {
    operation: 'DescribeLoadBalancers',
    remedy: 'Create a link for another load balancer: a link without its load balancer carries no calls.',
  });
}

function toList(linkId: string, groups: readonly SecurityGroup[], owner: Owner | undefined): Allowlist {
  const others = groups.flatMap((group) =>
    inbound(group)
      .filter((rule) => !isOwn(rule, owner))
      .map((rule) => ruleInWords(group.id, rule)),
  );
  return {
    linkId,
    owned: owner !== undefined,
    securityGroupId: groups[0]?.id,
    entries: groups.flatMap((group) => entriesOf(group, owner)),
    wider: [],
    filter: 'inbound',
    ...(others.length === 0 ? {} : { unmanaged: others }),
  };
}

function admitsAll(linkId: string): Allowlist {
  return { linkId, owned: true, entries: EVERYTHING, wider: [], filter: 'none' };
}

function entriesOf(group: SecurityGroup, owner: Owner | undefined): readonly AllowEntry[] {
  return inbound(group)
    .filter((rule) => isOwn(rule, owner))
    .flatMap((rule) => toEntry(rule) ?? []);
}

function inbound({ rules }: SecurityGroup): readonly SecurityGroupRule[] {
  return rules.filter(({ direction }) => direction === 'in');
}

/** Whether a rule was added for the link: its description has the mark of the link's owner. */
function isOwn({ description }: SecurityGroupRule, owner: Owner | undefined): boolean {
  const mark = parseMark(description);
  return owner !== undefined && mark?.project === owner.project && mark.spec === owner.spec;
}

/**
 * What the targets of a V1 link see. Its calls pass AWS PrivateLink, and the load balancer then replaces their
 * source by its own address. Client IP preservation has no effect on them.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
const BECAUSE =
  'Calls pass AWS PrivateLink, so the targets see the addresses of the load balancer. Client IP preservation has no effect.';

/** What the targets with these IDs see of a V1 link. */
export function seenThroughBalancer(targetIds: readonly string[]): readonly SeenBy[] {
  return [...new Set(targetIds)].toSorted().map((target) => ({ target, source: 'load-balancer', because: BECAUSE }));
}

/**
 * The source addresses of a V1 link's calls: those of its load balancer's interfaces, which stay for as long
 * as the load balancer has its subnets.
 * @throws {CloudError} `NOT_FOUND`
 */
export async function readBalancerEgress(session: Session, linkId: string, ctx: CallContext): Promise<Egress> {
  const found = await getBalancerLink(session, linkId, ctx);
  if (found === undefined) {
    throw new CloudError('NOT_FOUND', `VPC link ${linkId} does not exist`, { operation: 'GetVpcLink' });
  }

  const link = toBalancerLink(found, undefined);
  const interfaces = await listBalancerInterfaces(session, link.loadBalancerIds ?? [], ctx);
  return { ...toBalancerEgress(session, link, interfaces), seenBy: seenThroughBalancer(['network load balancer']) };
}

/**
 * The interfaces of load balancers. EC2 shows whose they are only in their description.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancer-target-groups.html (finding its interfaces)
 */
export async function listBalancerInterfaces(
  session: Session,
  loadBalancerArns: readonly string[],
  ctx: CallContext,
): Promise<readonly NetworkInterfaceOutput[]> {
  const Values = loadBalancerArns.flatMap((arn) => {
    const [, path] = /:loadbalancer\/([^]+)$/.exec(arn) ?? [];
    return path === undefined ? [] : [`ELB ${path}`];
  });
  if (Values.length === 0) return [];

  return listInterfaces(session, 'network interfaces of load balancers', [{ Name: 'description', Values }], ctx);
}

/** A V1 link's egress from the interfaces of load balancers, without what its targets see. */
export function toBalancerEgress(
  session: Session,
  { id, loadBalancerIds = [] }: Pick<Link, 'id' | 'loadBalancerIds'>,
  interfaces: readonly NetworkInterfaceOutput[],
): Egress {
  const own = interfaces
    .map((one) => toInterface(one, undefined, session))
    .filter(({ attachedTo }) => attachedTo !== undefined && loadBalancerIds.includes(attachedTo));
  const addresses = own.flatMap((one) => one.addresses);
  return {
    linkId: id,
    addresses,
    prefixes: addresses.map((address) => formatPrefix(parsePrefix(`${address}/${address.includes(':') ? 128 : 32}`))),
    securityGroupIds: [...new Set(own.flatMap(({ securityGroupIds }) => securityGroupIds))],
    stability: 'stable',
    seenBy: [],
  };
}
