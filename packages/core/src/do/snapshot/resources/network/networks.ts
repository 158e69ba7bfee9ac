import { strict } from '../../../forms/form.js';
import { networkShape, type Network } from '../../../model/network.js';
import { resource } from '../resource.js';

/** See {@link Network}. */
export const networks = resource(strict<Network>()(networkShape), {
  always: true,
  key: 'id',
  noun: 'network',
  diffOrder: 2,
});
