import { strict } from '../../../forms/form.js';
import { targetShape, type Target } from '../../../model/target.js';
import { resource } from '../resource.js';

/** See {@link Target}. */
export const targets = resource(strict<Target>()(targetShape), {
  always: true,
  key: 'id',
  by: ['kind', 'id'],
  noun: 'target',
  diffOrder: 16,
  holds: 'scope',
});
