import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/client-network`. */
export const migrateClientNetworkWords = {
  title: 'The target instance has the same client VPC as the current instance',
  about:
    "Callers that use a group's VPC domain are in the client VPC of its instance. They cannot reach a target instance that has another client VPC.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    NETWORKS_NOT_READ: ({ linkId }: { readonly linkId?: string | undefined }) =>
      `${linkId ?? 'the target instance'} has the same client VPC as the current instance`,
    SAME_NETWORK: ({ old }: { readonly old: string }) => `the client VPC is ${old} on both instances`,
    OTHER_NETWORK: ({
      old,
      linkId,
      next,
    }: {
      readonly old: string;
      readonly linkId: string;
      readonly next?: string | undefined;
    }) => ({
      message: `callers are in ${old}, but the client VPC of ${linkId ?? 'the target instance'} is ${next ?? 'not set'}`,
      remedy: `Set the client VPC of ${linkId ?? 'the target instance'} to ${old} (ModifyInstanceVpcAttributeForConsole) before the move.`,
    }),
  },
} satisfies CheckWords;
