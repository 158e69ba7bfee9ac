import { nullable, optional, strict } from '../../../forms/form.js';
import { set } from '../../../forms/lists.js';
import { block, count, id, optionalText, raw, strings, text } from '../../../forms/resource-values.js';
import type { Subnet } from '../../../model/network.js';
import { resource } from '../resource.js';

/** See {@link Subnet}. */
export const subnets = resource(
  strict<Subnet>()({
    id,
    name: optionalText,
    networkId: text,
    cidrBlock: block,
    ipv6CidrBlocks: optional(set(block)),
    zone: text,
    freeAddresses: optional(count),
    routeTableId: optionalText,
    networkAclId: optional(nullable(text)),
    account: optionalText,
    tags: strings,
    raw,
  }),
  { always: true, key: 'id', noun: 'subnet', diffOrder: 3 },
);
