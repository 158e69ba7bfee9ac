import { optional, strict } from '../../../forms/form.js';
import { head, set } from '../../../forms/lists.js';
import { address, block, id, optionalFlag, optionalText, raw, text } from '../../../forms/resource-values.js';
import type { NetworkInterface } from '../../../model/network.js';
import { resource } from '../resource.js';

/** See {@link NetworkInterface}. */
export const interfaces = resource(
  strict<NetworkInterface>()({
    id,
    networkId: text,
    subnetId: text,
    addresses: head(address),
    prefixes: optional(set(block)),
    securityGroupIds: set(text),
    linkId: optionalText,
    attachedTo: optionalText,
    inUse: optionalFlag,
    primary: optionalFlag,
    managed: optionalFlag,
    sourceDestinationCheck: optionalFlag,
    account: optionalText,
    raw,
  }),
  { always: true, key: 'id', noun: 'network interface', diffOrder: 15 },
);
