import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/client-network`. */
export const migrateClientNetworkWords = {
  title: 'Callers inside a VPC reach the target instance from the same VPC',
  about:
    "Callers that use a group's VPC domain stand in the client VPC of its instance. A target instance with another client VPC is not reached from there.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    NETWORKS_NOT_READ: ({ linkId }: { readonly linkId?: string | undefined }) =>
      `callers reach ${linkId ?? 'the target instance'} from the same VPC`,
    SAME_NETWORK: ({ old }: { readonly old: string }) => `the client VPC is ${old} on both`,
    OTHER_NETWORK: ({
      old,
      linkId,
      next,
    }: {
      readonly old: string;
      readonly linkId: string;
      readonly next?: string | undefined;
    }) => ({
      message: `callers are in ${old}, and ${linkId ?? 'the target instance'} is called from ${next ?? 'no VPC'}`,
      remedy: `Give ${linkId ?? 'the target instance'} the client VPC ${old} (ModifyInstanceVpcAttributeForConsole) before the move.`,
    }),
  },
} satisfies CheckWords;
