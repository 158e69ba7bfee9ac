import type { DriverMethods } from '@postern/core/internal/adapter';
import type { Session } from '../../client/session.js';
import type { GatewayReader } from '../../gateways/gateway-reader.js';
import { balancerTargets, targets } from '../../load-balancing/target.js';
import { allowlist } from '../allowlist.js';
import { balancerAllowlist, readBalancerEgress } from '../balancer-allowlist.js';
import { balancerLinks } from '../balancer-link.js';
import { readEgress } from '../egress.js';
import { vpcLinks as linksV2 } from '../vpc-link.js';

/** What the driver does with VPC links. `readers`: what reads the gateways whose calls they carry. */
export function vpcLinks(session: Session, readers: readonly GatewayReader[]): DriverMethods['links'] {
  return {
    'vpc-link-v2': {
      links: linksV2(session),
      targets: targets(session),
      allowlist: allowlist(session),
      egress: (linkId, ctx) => readEgress(session, readers, linkId, ctx),
    },
    'vpc-link-v1': {
      links: balancerLinks(session),
      targets: balancerTargets(session),
      allowlist: balancerAllowlist(session),
      egress: (linkId, ctx) => readBalancerEgress(session, linkId, ctx),
    },
  };
}
