import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `link/free-addresses`. */
export const freeAddressesWords = {
  title: 'Each subnet of the link has free addresses',
  about:
    'A link needs at least one private address in each of its subnets, also when it leaves INACTIVE or is replaced. In a full subnet ' +
    'a link cannot be created or replaced, which is an error. It is a warning while the link is ready, because calls need no new ' +
    'address. Fewer than eight free addresses are a warning, because neither cloud publishes how many addresses a link needs.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer',
  ],
  says: {
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) => `the subnets of link ${link} have free addresses`,
    ADDRESSES_NOT_READ: ({ id }: { readonly id: string }) => `${id} has free addresses`,
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
          ? `${id} has no free address: link ${link} cannot be created or replaced there`
          : `${id} has ${free} free ${free === 1 ? 'address' : 'addresses'}, which may be too few for link ${link}`,
      remedy: `Free addresses in ${id}, or ${othersCount === 0 ? 'use a larger subnet' : `use another subnet, such as ${others.join(', ')}`}.`,
    }),
  },
} satisfies CheckWords;
