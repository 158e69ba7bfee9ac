import { reasons, type PathRule } from './reason.js';

/** The texts of `path/outside`. */
export const pathOutside = {
  id: 'path/outside',
  title: "The target is in the link's network, or in a network connected to it",
  about:
    "An address outside the link's network needs a connection between the two networks: a peering, a transit " +
    'gateway, a VPN or a leased line. A link is not such a connection, and no security group rule replaces ' +
    'it.',
} as const satisfies PathRule;

function unreachable(to: string, text: string, isPart: boolean): string {
  return isPart
    ? `whether the instance can connect the backend ${to} depends on which address it has: ${text}`
    : `the instance cannot connect the backend ${to}: ${text}`;
}

/** The sentences of hops that compare an address with the networks, or with the blocks, that a link reaches. */
export const outsideReasons = reasons({
  OUTSIDE_NETWORKS: ({
    to,
    network,
    block,
  }: {
    readonly to: string;
    readonly network: string;
    readonly block: string;
  }) => ({
    because: `${to} is outside ${network} and every network connected to it`,
    remedy: `Connect ${network} to ${block} first, with a VPN gateway or a peering: a link does not connect networks.`,
  }),
  /** `isPart`: only a part of the addresses that the target may have. */
  IN_OWN_BLOCK: ({
    to,
    isPart,
    ...params
  }: {
    readonly address: string;
    readonly block: string;
    readonly to: string;
    readonly isPart: boolean;
  }) => ({
    because: unreachable(
      to,
      `${isPart ? 'a part of ' : ''}${params.address} is in ${params.block}, the instance's own block`,
      isPart,
    ),
    remedy: 'Assign another address to the target, or create an instance with another block.',
    params,
  }),
  OUTSIDE_ACCESSIBLE_BLOCKS: ({
    to,
    isPart,
    add,
    ...params
  }: {
    readonly address: string;
    readonly blocks: readonly string[];
    readonly to: string;
    readonly isPart: boolean;
    /** The block to add. */
    readonly add: string;
  }) => ({
    because: unreachable(
      to,
      `none of the accessible blocks ${params.blocks.join(', ')} contains ${params.address}`,
      isPart,
    ),
    remedy: `Add ${add} to the allowlist of the link.`,
    params,
  }),
});
