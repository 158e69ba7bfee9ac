import { oneOf, strict } from '../../../forms/form.js';
import { head, set } from '../../../forms/lists.js';
import { address, id, optionalText, raw, text } from '../../../forms/resource-values.js';
import type { Instance } from '../../../model/network.js';
import { resource } from '../resource.js';

/** See {@link Instance}. */
export const instances = resource(
  strict<Instance>()({
    id,
    name: optionalText,
    networkId: optionalText,
    subnetId: optionalText,
    zone: optionalText,
    addresses: head(address),
    securityGroupIds: set(text),
    state: oneOf('running', 'stopped', 'other'),
    nativeState: text,
    raw,
  }),
  { key: 'id', noun: 'instance', diffOrder: 14, holds: 'scope' },
);
