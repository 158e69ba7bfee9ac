import { strict } from '../../../forms/form.js';
import { zoneShape, type Zone } from '../../../model/network.js';
import { resource } from '../resource.js';

/** See {@link Zone}. */
export const zones = resource(strict<Zone>()(zoneShape), {
  key: 'id',
  noun: 'zone',
  diffOrder: 23,
  affectsPaths: false,
});
