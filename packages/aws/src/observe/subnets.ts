import type { CallContext, Link, Scope, Subnet, Gaps } from '@postern/core/adapter';
import type { Session } from '../client/session.js';
import { describeSubnets, toSubnet } from '../network/subnet.js';

/**
 * The subnets of the links that are there; where the scope names subnets, all of the region, so that a look-up by name or
 * tag finds one or several, and a refusal can say which subnets of the VPC would do, and for checks. One call either way.
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
  const found = await gaps.attempt({ what: 'subnets', of: 'subnets' }, () =>
    describeSubnets(session, ctx, everything ? undefined : ids),
  );
  return (found ?? []).map(toSubnet);
}
