import type { CallContext, Link } from '@postern/core';
import type { Scope, Gaps } from '@postern/core/adapter';
import type { SecurityGroup, Subnet } from '@postern/core/snapshot';
import type { Session } from '../client/session.js';
import { describeSubnets, networksOf, onlyNetwork, toSubnet } from '../network/subnet.js';

/**
 * All subnets of the region where the scope names subnets, and for checks: a look-up by name or tag then finds one or
 * several, and an error can name the suitable subnets of the VPC. Otherwise those of links whose VPC their security
 * groups do not show. One list, which is not read where it is not needed.
 */
export async function observeSubnets(
  session: Session,
  scope: Scope,
  {
    links,
    groups,
  }: { readonly links: Promise<readonly Link[]>; readonly groups: Promise<readonly SecurityGroup[] | undefined> },
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Subnet[]> {
  const everything = scope.all === true || scope.checks === true || (scope.subnets ?? []).length > 0;
  const ids = everything ? [] : unplaced(await links, await groups).flatMap(({ subnetIds }) => subnetIds);
  if (!everything && ids.length === 0) return [];
  const found = (await gaps.attempt({ what: 'subnets', of: 'subnets' }, () => describeSubnets(session, ctx))) ?? [];
  return found.flatMap((one) => (everything || ids.includes(one.SubnetId ?? '') ? [toSubnet(one)] : []));
}

function unplaced(links: readonly Link[], groups: readonly SecurityGroup[] = []): readonly Link[] {
  const networks = networksOf(groups);
  return links.filter(({ securityGroupIds }) => onlyNetwork(securityGroupIds, networks) === undefined);
}
