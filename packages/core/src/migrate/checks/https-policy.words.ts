import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/https-policy`. */
export const migrateHttpsPolicyWords = {
  title: "The gateway's HTTPS policy stays as it is",
  about:
    "The move overwrites the gateway's HTTPS policy with the target instance's, without a word: callers with old TLS may be refused, or let in. ModifyApiGroupNetworkPolicy puts " +
    'it back.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    POLICY_NOT_READ: () => 'the HTTPS policy stays as it is',
    SAME_POLICY: ({ old }: { readonly old: string }) => `the HTTPS policy is ${old} on both`,
    POLICY_CHANGES: ({ old, next }: { readonly old: string; readonly next: string }) => ({
      message: `the HTTPS policy changes from ${old} to ${next}`,
      remedy: 'Set it again with ModifyApiGroupNetworkPolicy after the move, or change the instance before it.',
    }),
  },
} satisfies CheckWords;
