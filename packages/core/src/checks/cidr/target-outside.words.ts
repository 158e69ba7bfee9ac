import type { CheckWords } from '../../findings/statement.js';

/** The texts of `cidr/target-outside`. */
export const targetOutsideWords = {
  title: "The target's address lies inside the accessible blocks",
  about:
    'An integration instance of Alibaba Cloud reaches the addresses of its accessible blocks only, to begin with those of its own vSwitches. The ' +
    'service checks it when an API is published and when a group is moved, and refuses with "instance cannot connect the backend ' +
    'x.x.x.x". A block that the spec lists and that is not there yet is added by `postern apply`. What lies in the own block of the ' +
    "instance is never reached, whatever the accessible blocks say. On AWS an allowlist is a matter of the link's security group: see `path/*`.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    NOT_READ: ({ backend, link }: { readonly backend: string; readonly link: string }) =>
      `${backend} lies inside the accessible blocks of link ${link}`,
    OWN_BLOCK_NOT_READ: ({ backend, link }: { readonly backend: string; readonly link: string }) =>
      `${backend} lies outside of the own block of link ${link}`,
    IN_OWN_BLOCK: ({
      place,
      block,
      link,
      backend,
      instead,
    }: {
      readonly place: string;
      readonly block: string;
      readonly link: string;
      readonly backend: string;
      readonly instead: string;
    }) => ({
      message: `${place} in ${block}, the own block of link ${link}: what has such an address is never reached`,
      remedy: `Give ${backend} an address outside of ${block}, or ${instead}.`,
    }),
    BLOCK_LEAVES: ({
      place,
      link,
      integration,
      howToAdd,
    }: {
      readonly place: string;
      readonly link: string;
      readonly integration: string;
      readonly howToAdd: string;
    }) => ({
      message: `${place} in a block that links.${link}.allowlist no longer lists: \`postern apply\` is refused to take that away while ${integration} leads there`,
      remedy: howToAdd,
    }),
    INSIDE_BLOCKS: ({
      backend,
      link,
      addresses,
    }: {
      readonly backend: string;
      readonly link: string;
      readonly addresses: readonly string[];
    }) => `${backend} lies inside the accessible blocks of link ${link}: ${addresses.join(', ')}`,
    OUTSIDE_BLOCKS: ({
      place,
      link,
      address,
      planned,
      howToAdd,
    }: {
      readonly place: string;
      readonly link: string;
      readonly address: string;
      readonly planned: boolean;
      readonly howToAdd: string;
    }) => ({
      message: `${place} outside of the accessible blocks of link ${link}: the service says "instance cannot connect the backend ${address}"`,
      remedy: planned
        ? `Run \`postern apply\`: it adds the block that links.${link}.allowlist lists for it.`
        : howToAdd,
    }),
  },
} satisfies CheckWords;
