import { oneOf, optional, strict } from '../../../forms/form.js';
import { set } from '../../../forms/lists.js';
import { optionalText, owner, port, raw, text } from '../../../forms/resource-values.js';
import type { Target } from '../../../model/target.js';
import { resource } from '../resource.js';

/** See {@link Target}. */
export const targets = resource(
  strict<Target>()({
    kind: oneOf('listener', 'service', 'instance', 'address'),
    id: text,
    name: optionalText,
    networkId: optionalText,
    resourceId: optionalText,
    resourceType: optionalText,
    port: optional(port),
    protocol: optionalText,
    subnetIds: optional(set(text)),
    securityGroupIds: optional(set(text)),
    owner: owner,
    raw,
  }),
  { always: true, key: 'id', by: ['kind', 'id'], noun: 'target', diffOrder: 16, holds: 'scope' },
);
