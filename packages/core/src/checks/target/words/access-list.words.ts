import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `target/access-list`. */
export const targetAccessListWords = {
  title: 'The access control list of the CLB listener allows inbound calls from the link',
  about:
    'A listener of a CLB instance can have an access control list. An allow list allows only the CIDR blocks in it; ' +
    'an empty one allows all callers. A deny list rejects the CIDR blocks in it. ' +
    'For an integration instance, the list is compared with the CIDR blocks of its vSwitches. ' +
    'For a conventional instance, it is compared with the CIDR blocks that the cloud reports for the instance. ' +
    'While the instance type is being changed, these are both the old and the new blocks.',
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
    }) => `the listener on port ${port} of ${balancer} allows inbound calls from link ${link}`,
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
      message: `the access control list ${lists} of ${balancer} rejects calls of link ${link} from ${refusedFrom.join(' and ')}`,
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
    }) => `the access control list ${lists} of ${balancer} allows inbound calls from link ${link}`,
  },
} satisfies CheckWords;
