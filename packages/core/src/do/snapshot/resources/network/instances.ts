import { strict } from '../../../forms/form.js';
import { instanceShape, type Instance } from '../../../model/network.js';
import { resource } from '../resource.js';

/** See {@link Instance}. */
export const instances = resource(strict<Instance>()(instanceShape), {
  key: 'id',
  noun: 'instance',
  diffOrder: 14,
  holds: 'scope',
});
