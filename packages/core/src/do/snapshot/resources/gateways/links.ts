import { strict } from '../../../forms/form.js';
import { linkShape, type Link } from '../../../model/link.js';
import { resource } from '../resource.js';

/** See {@link Link}. */
export const links = resource(strict<Link>()(linkShape), {
  always: true,
  key: 'id',
  noun: 'link',
  diffOrder: 1,
  holds: 'scope',
});
