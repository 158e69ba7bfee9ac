import { gatewayId } from '../../kinds/gateway/gateway-spec.js';
import type { Gateway, GatewaySpec } from '../../model/gateway.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { nearest } from '../../../ground/text/nearest.js';
import { unknownBecause } from '../index/look-up.js';
import type { RegionIndex, Unresolved } from '../views.js';
import { placeKey, type Place } from '../../model/traits.js';
import type { GatewayRef } from '../../model/reference.js';

/** A gateway that exists, possibly of another kind than the spec gives; or why that cannot be determined. */
export type FoundGateway =
  | { readonly gateway: Gateway; readonly unresolved?: Unresolved | undefined }
  | { readonly gateway?: undefined; readonly unresolved: Unresolved };

/** The gateway that a reference names, or why it cannot be had. Gateways are never created. */
export function findGateway(region: RegionIndex, ref: GatewaySpec, path: string): FoundGateway {
  const id = gatewayId(ref);
  const found = region.find('gateways', id);
  if (found.is === 'unknown') {
    return { unresolved: unknownBecause(found.missing, path, `cannot determine whether gateway ${id} exists`) };
  }

  const fail = (code: 'NOT_FOUND' | 'WRONG_KIND', message: string, remedy: string): Unresolved => {
    return { verdict: 'fail', code, path, message, remedy };
  };
  if (found.is === 'absent') {
    const { message, remedy } = absentGateway(id, region.region);
    return { unresolved: fail('NOT_FOUND', message, remedy) };
  }

  const gateway = found.value;
  const kind = region.clouds.gatewayKind(ref);
  if (gateway.kind === kind) return { gateway };

  const message = `gateway ${id} is of kind ${gateway.kind}, not ${kind}`;
  return {
    gateway,
    unresolved: fail('WRONG_KIND', message, `Declare it as ${region.clouds.gateway(gateway.kind).ref}.`),
  };
}

/** What is said of a gateway that does not exist. */
export function absentGateway(
  id: string,
  region: RegionSnapshot,
): { readonly message: string; readonly remedy: string } {
  const message = `gateway ${id} does not exist in ${region.region} of account ${region.account}`;
  return { message, remedy: remedyFor(id, region) };
}

/** The gateway that an ID, or a name in place of it, most likely means; otherwise some that exist. */
function remedyFor(wanted: string, { provider, region, ...lists }: RegionSnapshot): string {
  const gateways: readonly Pick<Gateway, 'id' | 'name'>[] = [...lists.gateways, ...(lists.otherGateways ?? [])];
  const similar = nearest(
    wanted,
    gateways.flatMap(({ id, name }) => [id, name]),
  );
  const text = ({ id, name }: Pick<Gateway, 'id' | 'name'>): string => `${id} (${name})`;
  const found = gateways.find(({ id, name }) => similar !== undefined && [id, name].includes(similar));
  if (found !== undefined) return `Did you mean ${text(found)}? Write its ID.`;

  const some = gateways.slice(0, 5).map(text);
  const such = some.length === 0 ? '' : `, such as ${some.join(', ')}`;
  const command = `postern gateways --provider ${provider} --region ${region}`;
  return `Write the ID of an existing gateway${such}; \`${command}\` lists them. Postern never creates gateways.`;
}

/** What a gateway is known by in all accounts and regions. */
export function gatewayKeyOf({ gateway, region }: { readonly gateway: GatewayRef; readonly region: Place }): string {
  return `${placeKey(region)} ${gateway.kind} ${gateway.id}`;
}
