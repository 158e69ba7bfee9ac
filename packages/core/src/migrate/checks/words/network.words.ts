import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/network`. */
export const migrateNetworkWords = {
  title: 'Every authorization is in the VPC that the target instance connects to',
  about:
    'The service compares the VPC of each authorization with the VPC that the instance connects to, for drafts and for published versions. It refuses the move ' +
    'if they differ. A conventional instance connects to any VPC that an authorization names.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    NETWORK_NOT_READ: ({ name, linkId }: { readonly name: string; readonly linkId: string }) =>
      `${name} is in the VPC that ${linkId} connects to`,
    SAME_NETWORK: ({ name, own }: { readonly name: string; readonly own: string }) =>
      `${name} is in ${own}, the VPC that the instance connects to`,
    OTHER_NETWORK: ({
      name,
      own,
      linkId,
      networkId,
      useText,
      use,
    }: {
      readonly name: string;
      readonly own: string;
      readonly linkId: string;
      readonly networkId: string;
      readonly useText: string;
      readonly use: string;
    }) => ({
      message: `${name} is in ${own}, but ${linkId} connects to ${networkId}: the service refuses the move because of ${useText}`,
      remedy: `Move to an instance that connects to ${own}, or point ${use} to a backend in ${networkId} first.`,
    }),
  },
} satisfies CheckWords;
