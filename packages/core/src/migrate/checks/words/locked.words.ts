import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/locked`. */
export const migrateLockedWords = {
  title: 'The gateway is not locked',
  about:
    'A group that is locked, for an overdue bill or its contents, accepts no changes: the service refuses the move with Forbidden….',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    NOT_LOCKED: ({ id }: { readonly id: string }) => `${id} is not locked`,
    LOCKED: ({ id, locked }: { readonly id: string; readonly locked: string }) => ({
      message: `${id} is locked (${locked}): the service refuses to move it`,
      remedy: `Settle ${locked} with the provider, then validate the move again.`,
    }),
  },
} satisfies CheckWords;
