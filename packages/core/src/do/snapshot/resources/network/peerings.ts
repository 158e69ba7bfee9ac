import { oneOf, optional, pair, strict } from '../../../forms/form.js';
import { set } from '../../../forms/lists.js';
import { block, optionalText, raw, text } from '../../../forms/resource-values.js';
import type { Peering, PeeringSide } from '../../../model/routing.js';
import { resource } from '../resource.js';

const side = strict<PeeringSide>()({
  networkId: text,
  account: optionalText,
  region: optionalText,
  cidrBlocks: optional(set(block)),
});

/** See {@link Peering}. */
export const peerings = resource(
  strict<Peering>()({
    id: text,
    state: oneOf('active', 'pending', 'failed', 'deleted', 'unknown'),
    nativeState: text,
    sides: pair(side),
    raw,
  }),
  {
    key: 'id',
    noun: 'peering',
    diffOrder: 8,
    parts: { sides: { noun: 'side', key: ({ networkId }) => String(networkId) } },
  },
);
