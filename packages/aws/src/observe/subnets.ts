import type { CallContext, Link, Scope, Subnet, Gaps } from '@postern/core/adapter';
import type { Session } from '../client/session.js';
import { describeSubnets, toSubnet } from '../network/subnet.js';

/**
 * The subnets of the existing links. All subnets of the region where the scope names subnets, and for
 * checks. A look-up by name or tag then finds one or several, and an error can name the suitable subnets of
 * the VPC. One list in either case, which is not read where there is no link.
 */
export async function observeSubnets(
  session: Session,
  scope: Scope,
  links: Promise<readonly Link[]>,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Subnet[]> {
  const everything = scope.all === true || scope.checks === true || (scope.subnets ?? []).length > 0;
  const ids = everything ? [] : (await links).flatMap(({ subnetIds }) => subnetIds);
  if (!everything && ids.length === 0) return [];
  const found = (await gaps.attempt({ what: 'subnets', of: 'subnets' }, () => describeSubnets(session, ctx))) ?? [];
  return found.flatMap((one) => (everything || ids.includes(one.SubnetId ?? '') ? [toSubnet(one)] : []));
}
