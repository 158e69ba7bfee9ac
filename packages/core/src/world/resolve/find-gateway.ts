import { gatewayId, gatewayKind } from '../../kinds/gateway/gateway-kinds.js';
import type { Gateway, GatewaySpec } from '../../model/gateway.js';
import { unknownBecause } from '../index/look-up.js';
import type { RegionIndex, Unresolved } from '../views.js';

/** A gateway that is there, perhaps of another kind than the spec says; or why nobody can say so. */
export type FoundGateway =
  | { readonly gateway: Gateway; readonly unresolved?: Unresolved | undefined }
  | { readonly gateway?: undefined; readonly unresolved: Unresolved };

/** The gateway that a reference names, or why it cannot be had. Gateways are never created. */
export function findGateway(region: RegionIndex, ref: GatewaySpec, path: string): FoundGateway {
  const id = gatewayId(ref);
  const { region: place, account } = region.region;
  const found = region.find('gateways', id);
  if (found.is === 'unknown') {
    return { unresolved: unknownBecause(found.missing, path, `nobody can say whether there is a gateway ${id}`) };
  }
  const fail = (code: 'NOT_FOUND' | 'WRONG_KIND', message: string, remedy: string): Unresolved => {
    return { verdict: 'fail', code, path, message, remedy };
  };
  if (found.is === 'absent') {
    const remedy = `Write the id of a gateway that exists${someOf(region.region.gateways)}: Postern never creates one.`;
    return { unresolved: fail('NOT_FOUND', `there is no gateway ${id} in ${place} of account ${account}`, remedy) };
  }
  const gateway = found.value;
  const kind = gatewayKind(ref);
  if (gateway.kind === kind) return { gateway };
  const message = `gateway ${id} is of kind ${gateway.kind}, not ${kind}`;
  return { gateway, unresolved: fail('WRONG_KIND', message, `Name it as what it is: ${gateway.kind}.`) };
}

function someOf(gateways: readonly Gateway[]): string {
  const some = gateways.slice(0, 5).map(({ id, name }) => `${id} (${name})`);
  return some.length === 0 ? '' : `, such as ${some.join(', ')}`;
}
