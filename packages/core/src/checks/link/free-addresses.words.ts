import type { CheckWords } from '../../findings/statement.js';

/** The texts of `link/free-addresses`. */
export const freeAddressesWords = {
  title: 'Each subnet of the link has addresses left',
  about:
    'A link takes at least one private address of each of its subnets, also when it wakes from inactivity or is replaced. In a full ' +
    'subnet it cannot be made or made again: an error, and a warning while the link is ready, since calls take no new address. Fewer than eight free addresses are a warning: how many a link takes is published by ' +
    'neither cloud.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer',
  ],
  says: {
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) => `the subnets of link ${link} have addresses left`,
    ADDRESSES_NOT_READ: ({ id }: { readonly id: string }) => `${id} has addresses left`,
    ADDRESSES_LEFT: ({ id, free }: { readonly id: string; readonly free: number }) =>
      `${id} has ${free} free addresses`,
    ADDRESSES_SHORT: ({
      free,
      id,
      link,
      othersCount,
      others,
    }: {
      readonly free: number;
      readonly id: string;
      readonly link: string;
      readonly othersCount: number;
      readonly others: readonly string[];
    }) => ({
      message:
        free === 0
          ? `${id} has no free address left: link ${link} cannot be made, or made again, there`
          : `${id} has ${free} free ${free === 1 ? 'address' : 'addresses'} left, which may be too few for link ${link}`,
      remedy: `Free addresses in ${id}, or ${othersCount === 0 ? 'use a larger subnet' : `use another subnet, such as ${others.join(', ')}`}.`,
    }),
  },
} satisfies CheckWords;
