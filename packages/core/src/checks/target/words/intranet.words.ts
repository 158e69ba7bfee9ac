import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `target/intranet`. */
export const targetIntranetWords = {
  title: 'The CLB instance is internal',
  about:
    'An authorization can refer only to ECS instances and internal CLB instances. An internet-facing CLB instance has no address in ' +
    'the VPC, and calls to it fail. (An internet-facing load balancer of AWS can be called: see `target/exposed`.)',
  sources: ['https://www.alibabacloud.com/help/doc-detail/179362.htm'],
  says: {
    INTERNAL: ({ balancer }: { readonly balancer: string }) => `${balancer} is an internal CLB instance`,
    SCHEME_NOT_READ: ({ balancer }: { readonly balancer: string }) => `${balancer} is an internal CLB instance`,
    PUBLIC: ({
      balancer,
      networkId,
      target,
    }: {
      readonly balancer: string;
      readonly networkId?: string | undefined;
      readonly target: string;
    }) => ({
      message: `${balancer} is internet-facing and has no address in the VPC`,
      remedy: `Write an internal CLB instance of ${networkId ?? 'the VPC'} as the target ${target}.`,
    }),
  },
} satisfies CheckWords;
