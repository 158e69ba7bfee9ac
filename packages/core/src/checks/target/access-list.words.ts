import type { CheckWords } from '../../findings/statement.js';

/** The texts of `target/access-list`. */
export const targetAccessListWords = {
  title: 'The access control list of the CLB listener lets the link in',
  about:
    'A listener of a CLB instance can have an access control list: an allowing one lets in only what it holds (and everybody where it is ' +
    'empty), a denying one keeps that out. It sees the blocks of the vSwitches of an integration instance; of a conventional ' +
    'instance the blocks that the cloud names for it, and both of them, the old and the new, until a change of its spec is over.',
  sources: [
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/overview-of-access-control',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    LIST_NOT_READ: ({
      port,
      balancer,
      link,
    }: {
      readonly port: number;
      readonly balancer: string;
      readonly link: string;
    }) => `the listener on port ${port} of ${balancer} lets link ${link} in`,
    NO_LIST: ({ port, balancer }: { readonly port: number; readonly balancer: string }) =>
      `the listener on port ${port} of ${balancer} has no access control list`,
    LIST_REFUSES: ({
      lists,
      balancer,
      refusedFrom,
      link,
      kind,
      refused,
      entries,
    }: {
      readonly lists: string;
      readonly balancer: string;
      readonly refusedFrom: readonly string[];
      readonly link: string;
      readonly kind: string;
      readonly refused: readonly string[];
      readonly entries: readonly string[];
    }) => ({
      message: `the access control list ${lists} of ${balancer} keeps out ${refusedFrom.join(' and ')}, where link ${link} calls from`,
      remedy:
        kind === 'allow'
          ? `Add ${refused.join(' and ')} to ${lists}.`
          : `Remove ${entries.join(' and ')} from ${lists}.`,
    }),
    LIST_ADMITS: ({
      lists,
      balancer,
      link,
    }: {
      readonly lists: string;
      readonly balancer: string;
      readonly link: string;
    }) => `the access control list ${lists} of ${balancer} lets link ${link} in`,
  },
} satisfies CheckWords;
