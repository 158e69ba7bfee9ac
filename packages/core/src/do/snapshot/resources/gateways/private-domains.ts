import { strict, type Infer } from '../../../forms/form.js';
import { set } from '../../../forms/lists.js';
import { text } from '../../../forms/values.js';
import { resource } from '../resource.js';

const shape = {
  name: text,
  addresses: set(text),
  /** The links that resolve it. */
  linkIds: set(text),
};

/** A private name that a gateway resolves itself (private DNS of an instance). */
export interface PrivateDomain extends Infer<typeof shape> {}

/** See {@link PrivateDomain}. */
export const privateDomains = resource(strict<PrivateDomain>()(shape), {
  key: 'name',
  repeats: true,
  noun: 'private domain',
  diffOrder: 18,
  holds: 'scope',
});
