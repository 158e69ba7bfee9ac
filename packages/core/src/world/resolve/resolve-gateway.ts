import { InvalidInputError, type SourcePlace } from '../../errors.js';
import type { Gateway, GatewayRef } from '../../model/gateway.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { requireComplete } from './gaps.js';

/** The id that a reference to a gateway names. */
export function gatewayId(ref: GatewayRef): string {
  if ('httpApi' in ref) return ref.httpApi;
  if ('restApi' in ref) return ref.restApi;
  if ('webSocketApi' in ref) return ref.webSocketApi;
  return ref.apiGroup;
}

/** The kind of gateway that a reference means. */
export function gatewayKind(ref: GatewayRef): Gateway['kind'] {
  if ('httpApi' in ref) return 'http-api';
  if ('restApi' in ref) return 'rest-api';
  if ('webSocketApi' in ref) return 'websocket-api';
  return 'api-group';
}

/**
 * The gateway that a reference names. Gateways are never created.
 * @throws {InvalidInputError} `NOT_FOUND`, `WRONG_KIND`
 * @throws {CloudError} the code of a gap, when gateways or this one's routes could not be read.
 */
export function resolveGateway(region: RegionSnapshot, ref: GatewayRef, place: SourcePlace): Gateway {
  const id = gatewayId(ref);
  requireComplete(region, 'gateways', { id, place });
  const gateway = region.gateways.find((one) => one.id === id);
  if (gateway === undefined) {
    const known = region.gateways.map((one) => `${one.id} (${one.name})`).slice(0, 10);
    throw new InvalidInputError(
      'NOT_FOUND',
      `there is no gateway ${id} in ${region.region} of account ${region.account}`,
      {
        place,
        remedy:
          known.length === 0
            ? 'Create the gateway first: Postern never creates one.'
            : `Write the id of a gateway that exists, such as ${known.join(', ')}: Postern never creates one.`,
      },
    );
  }
  const kind = gatewayKind(ref);
  if (gateway.kind === kind) return gateway;
  throw new InvalidInputError('WRONG_KIND', `gateway ${id} is of kind ${gateway.kind}, not ${kind}`, {
    place,
    remedy: `Name it as what it is: ${gateway.kind}.`,
  });
}
