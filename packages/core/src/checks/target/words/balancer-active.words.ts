import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `target/balancer-active`. */
export const balancerActiveWords = {
  title: 'The load balancer exists and is active',
  about:
    'A load balancer does not answer calls while it is being created, after it has failed, or (on Alibaba Cloud) while it is ' +
    'stopped or locked. In the AWS state `active_impaired` it still answers calls. A CLB instance that an authorization names ' +
    'may have been deleted. The authorization then refers to a load balancer that does not exist.',
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
      message: `load balancer ${id} does not exist in ${region} of account ${account}`,
      remedy: `Write an existing load balancer as the target ${target}, or create ${id}.`,
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
      message: `${name} is ${state ?? 'not active'} and does not answer calls`,
      remedy: `Bring ${name} into the state active, or write another load balancer as the target ${target}.`,
    }),
    STATE_NOT_READ: ({ name }: { readonly name: string }) => `${name} is active`,
  },
} satisfies CheckWords;
