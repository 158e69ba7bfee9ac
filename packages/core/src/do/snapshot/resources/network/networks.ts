import { optional, strict } from '../../../forms/form.js';
import { head, set } from '../../../forms/lists.js';
import { block, id, optionalText, raw, strings } from '../../../forms/resource-values.js';
import type { Network } from '../../../model/network.js';
import { resource } from '../resource.js';

/** See {@link Network}. */
export const networks = resource(
  strict<Network>()({
    id,
    name: optionalText,
    cidrBlocks: head(block),
    ipv6CidrBlocks: optional(set(block)),
    account: optionalText,
    tags: strings,
    raw,
  }),
  { always: true, key: 'id', noun: 'network', diffOrder: 2 },
);
