import type { CheckWords } from '../../findings/statement.js';

/** The texts of `target/balancer-active`. */
export const balancerActiveWords = {
  title: 'The load balancer is there, and active',
  about:
    'A load balancer that is being made, has failed, or (on Alibaba Cloud) is stopped or locked answers nobody. `active_impaired` of AWS ' +
    'still answers. A CLB instance that an authorisation names may be gone: then the authorisation leads nowhere.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerState.html',
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancerattribute',
  ],
  says: {
    BALANCER_NOT_READ: ({ id }: { readonly id: string }) => `load balancer ${id} is active`,
    BALANCER_ABSENT: ({
      id,
      region,
      account,
      target,
    }: {
      readonly id: string;
      readonly region: string;
      readonly account: string;
      readonly target: string;
    }) => ({
      message: `there is no load balancer ${id} in ${region} of account ${account}`,
      remedy: `Write a load balancer that exists as the target ${target}, or make ${id}.`,
    }),
    ACTIVE: ({ name, state }: { readonly name: string; readonly state?: string | undefined }) =>
      `${name} is ${state ?? 'active'}`,
    NOT_ACTIVE: ({
      name,
      state,
      target,
    }: {
      readonly name: string;
      readonly state?: string | undefined;
      readonly target: string;
    }) => ({
      message: `${name} is ${state ?? 'not active'} and answers nobody`,
      remedy: `Bring ${name} back to work, or write another load balancer as the target ${target}.`,
    }),
    STATE_NOT_READ: ({ name }: { readonly name: string }) => `${name} is active`,
  },
} satisfies CheckWords;
