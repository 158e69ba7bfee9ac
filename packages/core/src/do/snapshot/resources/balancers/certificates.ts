import { strict } from '../../../forms/form.js';
import { certificateShape, type Certificate } from '../../../model/load-balancer.js';
import { resource } from '../resource.js';

/** See {@link Certificate}. */
export const certificates = resource(strict<Certificate>()(certificateShape), {
  key: 'id',
  noun: 'certificate',
  diffOrder: 19,
  holds: 'scope',
});
