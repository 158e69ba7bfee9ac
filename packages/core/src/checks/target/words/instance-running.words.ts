import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `target/instance-running`. */
export const instanceRunningWords = {
  title: 'The ECS instance exists and is running',
  about:
    'An authorization names an ECS instance by its ID. A stopped instance does not answer calls. If the instance was released, ' +
    'the authorization refers to an instance that does not exist. A new instance in its place has another ID, ' +
    'even if it has the same address. If the target is an address, the instance with that address is evaluated.',
  sources: ['https://www.alibabacloud.com/help/en/ecs/user-guide/overview-of-instance-lifecycle'],
  says: {
    INSTANCE_NOT_READ: ({ id }: { readonly id: string }) => `instance ${id} is running`,
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
      message: `instance ${id} does not exist in ${region} of account ${account}`,
      remedy: `Write an existing instance as the target ${target}, then run \`postern apply\`: it creates the authorization.`,
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
      message: `${id}${addressesCount === 0 ? '' : ` (${addresses.join(', ')})`} is ${nativeState} and does not answer calls`,
      remedy: `Start ${id}, or write another instance as the target ${target}.`,
    }),
  },
} satisfies CheckWords;
