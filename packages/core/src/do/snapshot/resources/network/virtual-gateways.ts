import { strict } from '../../../forms/form.js';
import { virtualGatewayShape, type RemoteConnection, type VirtualGateway } from '../../../model/routing.js';
import { part, resource } from '../resource.js';

/** See {@link VirtualGateway}. */
export const virtualGateways = resource(strict<VirtualGateway>()(virtualGatewayShape), {
  key: 'id',
  noun: 'virtual gateway',
  diffOrder: 10,
  parts: { connections: part<RemoteConnection>('connection', ({ id }) => id) },
});
