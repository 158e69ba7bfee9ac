import { strict } from '../../../forms/form.js';
import { subnetShape, type Subnet } from '../../../model/network.js';
import { resource } from '../resource.js';

/** See {@link Subnet}. */
export const subnets = resource(strict<Subnet>()(subnetShape), {
  always: true,
  key: 'id',
  noun: 'subnet',
  diffOrder: 3,
});
