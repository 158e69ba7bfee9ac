import type { GatewaySpec } from '../../../do/model/gateway.js';
import { gatewayId } from '../../../do/kinds/gateway/gateway-spec.js';
import type { Missing, RegionIndex, Unresolved } from '../../../do/world/views.js';

/** Why a gateway that an integration names could not be read; undefined where it was read, or is known not to exist. */
export function unreadGateway(
  region: RegionIndex,
  ref: GatewaySpec,
  unresolved: Unresolved | undefined,
): Missing | undefined {
  return unresolved?.verdict === 'unknown' ? region.missing('gateways', gatewayId(ref)) : undefined;
}

/** Why the destination of a target is not known. */
export function unreadTarget(name: string, { remedy = 'Take the snapshot again.', missing }: Unresolved): Missing {
  const { permission } = missing ?? {};
  return {
    what: `the destination of target ${name}`,
    remedy,
    ...(permission === undefined ? {} : { permissions: [permission] }),
  };
}
