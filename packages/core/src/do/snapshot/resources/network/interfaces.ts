import { strict } from '../../../forms/form.js';
import { networkInterfaceShape, type NetworkInterface } from '../../../model/network.js';
import { resource } from '../resource.js';

/** See {@link NetworkInterface}. */
export const interfaces = resource(strict<NetworkInterface>()(networkInterfaceShape), {
  always: true,
  key: 'id',
  noun: 'network interface',
  diffOrder: 15,
});
