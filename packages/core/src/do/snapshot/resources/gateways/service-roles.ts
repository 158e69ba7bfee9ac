import { strict } from '../../../forms/form.js';
import { serviceRoleShape, type ServiceRole } from '../../../model/link.js';
import { resource } from '../resource.js';

/** See {@link ServiceRole}. */
export const serviceRoles = resource(strict<ServiceRole>()(serviceRoleShape), {
  key: 'name',
  repeats: true,
  noun: 'service role',
  diffOrder: 24,
  affectsPaths: false,
  holds: 'scope',
});
