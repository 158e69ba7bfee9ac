import { strict, type Infer } from '../../../forms/form.js';
import { flag, text } from '../../../forms/values.js';
import { resource } from '../resource.js';

const shape = {
  name: text,
  exists: flag,
};

/** A role of the cloud's own service, without which it cannot create links. */
export interface ServiceRole extends Infer<typeof shape> {}

/** See {@link ServiceRole}. */
export const serviceRoles = resource(strict<ServiceRole>()(shape), {
  key: 'name',
  repeats: true,
  noun: 'service role',
  diffOrder: 24,
  affectsPaths: false,
  holds: 'scope',
});
