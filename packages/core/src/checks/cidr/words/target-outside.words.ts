import type { CheckWords } from '../../../findings/statement.js';
import { otherBlockText, type OtherBlock } from './own-block.words.js';
import { addText, type BlockOwner } from './accessible.words.js';

/** How an address becomes accessible, if it can. */
export interface HowToAdd {
  readonly owner: BlockOwner;
  readonly isIpv6: boolean;
  readonly isPublic: boolean;
  /** The range of the cloud's own that contains it. */
  readonly kept?: string | undefined;
  /** The block to allow: that of the vSwitch, since the address may change within. */
  readonly needed: string;
}

interface At {
  readonly backend: string;
  readonly address: string;
  readonly link: string;
}

function howToAdd({ owner, isIpv6, isPublic, kept, needed, backend, address }: HowToAdd & At): string {
  if (isIpv6) return `Name an IPv4 address of ${backend}: accessible blocks are IPv4 only.`;
  if (isPublic) return `Name a private address of ${backend}: ${address} is a public address.`;
  if (kept !== undefined) return `Name an address of the network: ${address} is ${kept}.`;
  return addText(owner, needed);
}

/** Where a backend is. A backend that is known by its address is named once. */
function at(id: string, address: string): string {
  return id.includes(address) ? `${id} is` : `${id} is at ${address},`;
}

/** The texts of `cidr/target-outside`. */
export const targetOutsideWords = {
  title: 'The address of the target is inside the accessible blocks',
  about:
    'An integration instance of Alibaba Cloud reaches only the addresses of its accessible blocks, which initially are those of its ' +
    'own vSwitches. The service checks this when an API is published and when a group is moved, and refuses with "instance cannot ' +
    'connect the backend x.x.x.x". `postern apply` adds a block that the spec lists and that is not there yet. An address in the ' +
    "instance CIDR block is never reached, whatever the accessible blocks are. On AWS the allowlist is part of the link's security " +
    'group: see `path/*`.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    NOT_READ: ({ backend, link }: { readonly backend: string; readonly link: string }) =>
      `${backend} is inside the accessible blocks of link ${link}`,
    OWN_BLOCK_NOT_READ: ({ backend, link }: { readonly backend: string; readonly link: string }) =>
      `${backend} is outside of the instance CIDR block of link ${link}`,
    IN_OWN_BLOCK: ({
      address,
      block,
      link,
      backend,
      instead,
    }: {
      readonly address: string;
      readonly block: string;
      readonly link: string;
      readonly backend: string;
      readonly instead: OtherBlock;
    }) => ({
      message: `${at(backend, address)} in ${block}, the instance CIDR block of link ${link}: a backend with such an address is never reached`,
      remedy: `Give ${backend} an address outside of ${block}, or ${otherBlockText(instead)}.`,
    }),
    BLOCK_LEAVES: (params: HowToAdd & At & { readonly integration: string }) => ({
      message: `${at(params.backend, params.address)} in a block that links.${params.link}.allowlist no longer lists: \`postern apply\` refuses to remove the block while ${params.integration} uses it`,
      remedy: howToAdd(params),
    }),
    INSIDE_BLOCKS: ({
      backend,
      link,
      addresses,
    }: {
      readonly backend: string;
      readonly link: string;
      readonly addresses: readonly string[];
    }) => `${backend} is inside the accessible blocks of link ${link}: ${addresses.join(', ')}`,
    OUTSIDE_BLOCKS: (params: HowToAdd & At & { readonly planned: boolean }) => ({
      message: `${at(params.backend, params.address)} outside of the accessible blocks of link ${params.link}: the service reports "instance cannot connect the backend ${params.address}"`,
      remedy: params.planned
        ? `Run \`postern apply\`: it adds the block that links.${params.link}.allowlist lists for it.`
        : howToAdd(params),
      mendedBy: params.planned ? 'apply' : undefined,
    }),
  },
} satisfies CheckWords;
