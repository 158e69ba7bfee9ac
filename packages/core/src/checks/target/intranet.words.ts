import type { CheckWords } from '../../findings/statement.js';

/** The texts of `target/intranet`. */
export const targetIntranetWords = {
  title: 'The CLB instance is an internal one',
  about:
    'An authorisation leads to ECS instances and to internal CLB instances only. One that faces the internet has no address in the ' +
    'VPC, and calls to it fail. (A load balancer of AWS that faces the internet can be called: see `target/exposed`.)',
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
      message: `${balancer} faces the internet and has no address in the VPC`,
      remedy: `Write an internal CLB instance of ${networkId ?? 'the VPC'} as the target ${target}.`,
    }),
  },
} satisfies CheckWords;
