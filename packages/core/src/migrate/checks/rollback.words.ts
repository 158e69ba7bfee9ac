import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/rollback`. */
export const migrateRollbackWords = {
  title: 'The way back would work',
  about:
    'A rollback is the same move with the ends swapped, and is judged by the same checks; said is what only the way back would meet: from a VPC integration instance back to a conventional one, backends without an ' +
    'authorisation would be lost. Settings that the move overwrote do not come back by themselves.',
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
      message: `nobody can say whether the gateway could move back: its present instance ${!hasGap ? 'is a shared one' : 'could not be read'}`,
      remedy: remedy ?? 'Ask for it with a ticket before the move, or plan without a way back.',
    }),
    WAY_BACK: ({ id }: { readonly id: string }) =>
      `nothing stops a move back to ${id} that does not stop the move itself`,
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
        : `after a move back to ${id} calls would fail: ${first ?? ''}${more > 0 ? `, and ${more} more` : ''}`,
      remedy: 'Mend that first, or decide that there is no way back.',
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
      message: `nobody can say whether a move back to ${id} would work: ${first ?? ''}${more > 0 ? `, and ${more} more` : ''}`,
      remedy: remedy ?? 'Find that out first, or decide that there is no way back.',
    }),
  },
} satisfies CheckWords;
