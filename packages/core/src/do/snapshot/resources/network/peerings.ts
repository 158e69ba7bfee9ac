import { strict } from '../../../forms/form.js';
import { peeringShape, type Peering } from '../../../model/routing.js';
import { resource } from '../resource.js';

/** See {@link Peering}. */
export const peerings = resource(strict<Peering>()(peeringShape), {
  key: 'id',
  noun: 'peering',
  diffOrder: 8,
  parts: { sides: { noun: 'side', key: ({ networkId }) => String(networkId) } },
});
