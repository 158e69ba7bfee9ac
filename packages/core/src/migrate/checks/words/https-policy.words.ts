import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/https-policy`. */
export const migrateHttpsPolicyWords = {
  title: "The move does not change the gateway's HTTPS policy",
  about:
    "The move overwrites the gateway's HTTPS policy with that of the target instance, without notice. Callers with old TLS versions may then be refused, or allowed. " +
    'ModifyApiGroupNetworkPolicy restores the policy.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    POLICY_NOT_READ: () => 'the HTTPS policy stays the same',
    SAME_POLICY: ({ old }: { readonly old: string }) =>
      `the gateway and the target instance both have the HTTPS policy ${old}`,
    POLICY_CHANGES: ({ old, next }: { readonly old: string; readonly next: string }) => ({
      message: `the move changes the HTTPS policy from ${old} to ${next}`,
      remedy:
        'Set the policy again with ModifyApiGroupNetworkPolicy after the move, or change the policy of the instance before the move.',
    }),
  },
} satisfies CheckWords;
