import { strict } from '../../../forms/form.js';
import { prefixListShape, type PrefixList } from '../../../model/routing.js';
import { resource } from '../resource.js';

/** See {@link PrefixList}. */
export const prefixLists = resource(strict<PrefixList>()(prefixListShape), {
  key: 'id',
  noun: 'prefix list',
  diffOrder: 7,
});
