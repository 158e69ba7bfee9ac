import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/rate`. */
export const migrateRateWords = {
  title: 'The gateway may be called as often as before',
  about:
    "The move overwrites the gateway's own limit of requests per second with what the target instance gives. A limit that was raised for this group needs a ticket to be raised again.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    RATE_NOT_READ: () => 'the gateway may be called as often as before',
    RATE_KEPT: ({ next, old }: { readonly next: number; readonly old: number }) =>
      `${next} requests per second, ${old} before`,
    RATE_FALLS: ({ old, next }: { readonly old: number; readonly next: number }) => ({
      message: `the limit falls from ${old} to ${next} requests per second`,
      remedy:
        'Choose an instance of a larger spec, or ask for the old limit with a ticket before the move: no call sets it.',
    }),
  },
} satisfies CheckWords;
