import { strict } from '../../../forms/form.js';
import { id, optionalFlag, optionalText } from '../../../forms/resource-values.js';
import type { Zone } from '../../../model/network.js';
import { resource } from '../resource.js';

/** See {@link Zone}. */
export const zones = resource(strict<Zone>()({ id, name: optionalText, servesLinks: optionalFlag }), {
  key: 'id',
  noun: 'zone',
  diffOrder: 23,
  affectsPaths: false,
});
