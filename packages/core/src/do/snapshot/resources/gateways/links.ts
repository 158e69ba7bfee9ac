import { oneOf, optional, record, strict } from '../../../forms/form.js';
import { set } from '../../../forms/lists.js';
import { json, number, optionalFlag, optionalText, owner, raw, strings, text } from '../../../forms/resource-values.js';
import { LINK_KINDS, type Link, type LinkSettings } from '../../../model/link.js';
import { resource } from '../resource.js';

/** See {@link Link}. */
export const links = resource(
  strict<Link>()({
    id: text,
    state: oneOf('pending', 'ready', 'inactive', 'failed', 'deleting', 'unknown'),
    nativeState: text,
    reason: optionalText,
    name: text,
    kind: oneOf(...LINK_KINDS),
    networkId: optionalText,
    subnetIds: set(text),
    securityGroupIds: set(text),
    loadBalancerIds: optional(set(text)),
    tags: strings,
    createdAt: optionalText,
    native: optional(record(json)),
    settings: optional(
      strict<LinkSettings>()({
        httpsPolicy: optionalText,
        requestsPerSecond: optional(number),
        ipv6: optionalFlag,
        egressIpv6: optionalFlag,
        clientNetworkId: optionalText,
        networkDomain: optionalFlag,
        intranetDomain: optionalFlag,
        selfCallDomain: optionalFlag,
        spec: optionalText,
        switchPending: optionalFlag,
      }),
    ),
    owner: owner,
    raw,
  }),
  { always: true, key: 'id', noun: 'link', diffOrder: 1, holds: 'scope' },
);
