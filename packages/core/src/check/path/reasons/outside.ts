import { reason, reasons, type PathRule } from './reason.js';

/** The texts of `path/outside`. */
export const pathOutside = {
  id: 'path/outside',
  title: "The target is in the link's network, or in a network connected to it",
  about:
    "An address outside the link's network needs a connection between the two networks: a peering, a transit " +
    'gateway, a VPN or a leased line. A link is not such a connection, and no security group rule replaces ' +
    'it.',
} as const satisfies PathRule;

/** The sentences of hops that compare an address with the networks, or with the blocks, that a link reaches. */
export const outsideReasons = reasons({
  OUTSIDE_NETWORKS: reason(
    '{to} is outside {network} and every network connected to it',
    'Connect {network} to {block} first, with a VPN gateway or a peering: a link does not connect networks.',
  ),
  /** `isPart`: only a part of the addresses that the target may have. */
  IN_OWN_BLOCK: reason(
    [
      "if isPart: whether the instance can connect the backend {to} depends on which address it has: a part of {address} is in {block}, the instance's own block",
      "the instance cannot connect the backend {to}: {address} is in {block}, the instance's own block",
    ],
    'Assign another address to the target, or create an instance with another block.',
    { hidden: ['to', 'isPart'] },
  ),
  /** `add`: the block to add. */
  OUTSIDE_ACCESSIBLE_BLOCKS: reason(
    [
      'if isPart: whether the instance can connect the backend {to} depends on which address it has: none of the accessible blocks {blocks} contains {address}',
      'the instance cannot connect the backend {to}: none of the accessible blocks {blocks} contains {address}',
    ],
    'Add {add} to the allowlist of the link.',
    { hidden: ['to', 'isPart', 'add'] },
  ),
});
