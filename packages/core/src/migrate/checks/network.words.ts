import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/network`. */
export const migrateNetworkWords = {
  title: "Every authorisation is of the target instance's own VPC",
  about:
    'The service compares the VPC of each authorisation with the one that the instance leads into, for drafts and for what is published, and refuses the move where they ' +
    'differ. A conventional instance leads into whatever VPC an authorisation names.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  says: {
    NETWORK_NOT_READ: ({ name, linkId }: { readonly name: string; readonly linkId: string }) =>
      `${name} is of the VPC that ${linkId} leads into`,
    SAME_NETWORK: ({ name, own }: { readonly name: string; readonly own: string }) =>
      `${name} is of ${own}, as the instance is`,
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
      message: `${name} is of ${own}, and ${linkId} leads into ${networkId}: the service refuses the move because of ${useText}`,
      remedy: `Move to an instance of ${own}, or lead ${use} to a backend in ${networkId} first.`,
    }),
  },
} satisfies CheckWords;
