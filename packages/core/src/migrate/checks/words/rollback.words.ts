import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/rollback`. */
export const migrateRollbackWords = {
  title: 'A move back would work',
  about:
    'A rollback is the same move with the ends swapped, and the same checks evaluate it. Only problems that the move itself does not have are reported. For example, a move from ' +
    'a VPC integration instance back to a conventional one loses backends without an authorization. Settings that the move overwrote are not restored by a move back.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    PRESENT_LINK_NOT_READ: ({
      hasGap,
      remedy,
    }: {
      readonly hasGap: boolean;
      readonly remedy?: string | undefined;
    }) => ({
      message: `cannot determine whether the gateway could move back: its current instance ${!hasGap ? 'is a shared instance' : 'could not be read'}`,
      remedy: remedy ?? 'Request a move back with a ticket before the move, or plan without a rollback.',
    }),
    WAY_BACK: ({ id }: { readonly id: string }) =>
      `a move back to ${id} has no problems that the move itself does not have`,
    NO_WAY_BACK: ({
      isRefused,
      id,
      first,
      more,
    }: {
      readonly isRefused: boolean;
      readonly id: string;
      readonly first?: string | undefined;
      readonly more: number;
    }) => ({
      message: isRefused
        ? `a move back to ${id} would fail: ${first ?? ''}${more > 0 ? `, and ${more} more` : ''}`
        : `after a move back to ${id}, calls would fail: ${first ?? ''}${more > 0 ? `, and ${more} more` : ''}`,
      remedy: 'Fix that first, or plan without a rollback.',
    }),
    WAY_BACK_NOT_KNOWN: ({
      id,
      first,
      more,
      remedy,
    }: {
      readonly id: string;
      readonly first?: string | undefined;
      readonly more: number;
      readonly remedy?: string | undefined;
    }) => ({
      message: `cannot determine whether a move back to ${id} would work: ${first ?? ''}${more > 0 ? `, and ${more} more` : ''}`,
      remedy: remedy ?? 'Determine that first, or plan without a rollback.',
    }),
  },
} satisfies CheckWords;
