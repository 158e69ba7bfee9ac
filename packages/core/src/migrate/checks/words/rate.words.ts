import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/rate`. */
export const migrateRateWords = {
  title: 'The move does not lower the request limit of the gateway',
  about:
    "The move overwrites the gateway's own limit of requests per second with that of the target instance. A limit that was raised for this group needs a ticket to be raised again.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    RATE_NOT_READ: () => 'the request limit is lower than before',
    RATE_KEPT: ({ next, old }: { readonly next: number; readonly old: number }) =>
      `the limit is ${next} requests per second after the move, ${old} before`,
    RATE_FALLS: ({ old, next }: { readonly old: number; readonly next: number }) => ({
      message: `the move lowers the limit from ${old} to ${next} requests per second`,
      remedy:
        'Choose an instance with a larger instance type, or request the old limit with a ticket before the move: no API call sets it.',
    }),
  },
} satisfies CheckWords;
