import type { CheckWords } from '../../../findings/statement.js';

/** The command, which accepts only an instance that a spec declares, and the service's own call. */
function letReach(id: string, block: string): string {
  const given = JSON.stringify({ CidrBlock: block, Customized: true });
  return `Add ${block} to the accessible blocks of ${id} before the move: postern allow ${id} ${block}. If no spec declares the instance, call ModifyInstanceAttribute with ToConnectVpcIpBlock ${given}.`;
}

/** The texts of `migrate/accessible-blocks`. */
export const migrateAccessibleBlocksWords = {
  title: 'Every backend is inside the accessible blocks of the target instance',
  about:
    'The service checks the private address of each backend: in authorizations, URLs, plug-ins and named backends, in drafts and in published versions. ' +
    'It refuses the move if an address is outside the accessible blocks of the target instance: "instance cannot connect the backend x.x.x.x".',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    BLOCKS_NOT_READ: ({ target, id }: { readonly target: string; readonly id: string }) =>
      `${target} is inside the accessible blocks of ${id}`,
    INSIDE_BLOCKS: ({
      target,
      id,
      addresses,
    }: {
      readonly target: string;
      readonly id: string;
      readonly addresses: readonly string[];
    }) => `${target} is inside the accessible blocks of ${id}: ${addresses.join(', ')}`,
    OUTSIDE_BLOCKS: ({
      target,
      isAddress,
      outside,
      id,
      hasUse,
      useText,
    }: {
      readonly target: string;
      readonly isAddress: boolean;
      readonly outside: string;
      readonly id: string;
      readonly hasUse: boolean;
      readonly useText: string;
    }) => ({
      message: `${target} ${isAddress ? 'is' : `has the address ${outside}, which is`} outside the accessible blocks of ${id}: the service refuses the move with "instance cannot connect the backend ${outside}"${!hasUse ? '' : ` because of ${useText}`}`,
      remedy: letReach(id, `${outside}/${outside.includes(':') ? 128 : 32}`),
    }),
  },
} satisfies CheckWords;
