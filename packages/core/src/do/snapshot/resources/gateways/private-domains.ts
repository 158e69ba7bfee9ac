import { strict } from '../../../forms/form.js';
import { privateDomainShape, type PrivateDomain } from '../../../model/gateway.js';
import { resource } from '../resource.js';

/** See {@link PrivateDomain}. */
export const privateDomains = resource(strict<PrivateDomain>()(privateDomainShape), {
  key: 'name',
  repeats: true,
  noun: 'private domain',
  diffOrder: 18,
  holds: 'scope',
});
