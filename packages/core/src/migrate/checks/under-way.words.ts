import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/under-way`. */
export const migrateUnderWayWords = {
  title: 'No other migration of the gateway is under way',
  about:
    'The service carries out one migration of a group at a time, and its status has no date: while it says Running, another one is refused or, worse, mistaken for the first.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    STATE_NOT_READ: () => 'no migration is under way',
    NOT_UNDER_WAY: () => 'no migration is under way',
    UNDER_WAY: ({ gateway, state }: { readonly gateway: string; readonly state: string }) => ({
      message: `a migration of ${gateway} is under way already (${state})`,
      remedy: 'Wait until it has ended, and look again.',
    }),
  },
} satisfies CheckWords;
