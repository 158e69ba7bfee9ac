import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/under-way`. */
export const migrateUnderWayWords = {
  title: 'No other migration of the gateway is in progress',
  about:
    'The service runs one migration of a group at a time, and the migration status has no date. While the status is Running, another migration is refused, or mistaken for the first one.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    STATE_NOT_READ: () => 'no migration is in progress',
    NOT_UNDER_WAY: () => 'no migration is in progress',
    UNDER_WAY: ({ gateway, state }: { readonly gateway: string; readonly state: string }) => ({
      message: `a migration of ${gateway} is already in progress (${state})`,
      remedy: 'Wait until it has ended, then validate the move again.',
    }),
  },
} satisfies CheckWords;
