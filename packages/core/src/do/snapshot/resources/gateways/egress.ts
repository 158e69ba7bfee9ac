import { strict } from '../../../forms/form.js';
import { egressShape, type Egress } from '../../../model/egress.js';
import { resource } from '../resource.js';

/** See {@link Egress}. */
export const egress = resource(strict<Egress>()(egressShape), {
  always: true,
  key: 'linkId',
  noun: 'egress of link',
  nouns: 'egress of links',
  unread: { one: 'the addresses of link', all: 'addresses of links' },
  diffOrder: 22,
  holds: 'scope',
  wholeWithGateways: true,
});
