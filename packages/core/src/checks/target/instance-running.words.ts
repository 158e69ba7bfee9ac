import type { CheckWords } from '../../findings/statement.js';

/** The texts of `target/instance-running`. */
export const instanceRunningWords = {
  title: 'The ECS instance is there, and running',
  about:
    'An authorisation names an ECS instance by its id. One that is stopped answers nobody; one that was released leaves an ' +
    'authorisation that leads nowhere. A new instance in its place has another id, even where it has the same address. Where the target is ' +
    'an address, it is the instance that has it.',
  sources: ['https://www.alibabacloud.com/help/en/ecs/user-guide/overview-of-instance-lifecycle'],
  says: {
    INSTANCE_NOT_READ: ({ id }: { readonly id: string }) => `instance ${id} runs`,
    INSTANCE_ABSENT: ({
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
      message: `there is no instance ${id} in ${region} of account ${account}`,
      remedy: `Write an instance that exists as the target ${target}, then run \`postern apply\`: it makes the authorisation.`,
    }),
    RUNNING: ({ id, nativeState }: { readonly id: string; readonly nativeState: string }) =>
      `instance ${id} is ${nativeState}`,
    NOT_RUNNING: ({
      id,
      addressesCount,
      addresses,
      nativeState,
      target,
    }: {
      readonly id: string;
      readonly addressesCount: number;
      readonly addresses: readonly string[];
      readonly nativeState: string;
      readonly target: string;
    }) => ({
      message: `${id}${addressesCount === 0 ? '' : ` (${addresses.join(', ')})`} is ${nativeState} and answers nobody`,
      remedy: `Start ${id}, or write another instance as the target ${target}.`,
    }),
  },
} satisfies CheckWords;
