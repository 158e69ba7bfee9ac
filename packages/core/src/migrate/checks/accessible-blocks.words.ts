import type { CheckWords } from '../../findings/statement.js';

/** The service's own call, and the command: that takes an instance which a spec has. */
function letReach(id: string, block: string): string {
  const given = JSON.stringify({ CidrBlock: block, Customized: true });
  return `Let the instance reach it first: postern allow ${id} ${block}. Where no spec has the instance, call ModifyInstanceAttribute with ToConnectVpcIpBlock ${given}.`;
}

/** The texts of `migrate/accessible-blocks`. */
export const migrateAccessibleBlocksWords = {
  title: 'Every backend is inside the accessible blocks of the target instance',
  about:
    'The service looks at the private address of each backend, behind authorisations, in URLs, in plug-ins and in named backends, in drafts and in what is published, ' +
    'and refuses the move where one lies outside of the accessible blocks of the target instance: "instance cannot connect the backend x.x.x.x".',
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
      readonly useText?: string | undefined;
    }) => ({
      message: `${target} ${isAddress ? 'lies' : `is at ${outside},`} outside of the accessible blocks of ${id}: the service says "instance cannot connect the backend ${outside}"${!hasUse ? '' : ` because of ${useText}`}`,
      remedy: letReach(id, `${outside}/${outside.includes(':') ? 128 : 32}`),
    }),
  },
} satisfies CheckWords;
