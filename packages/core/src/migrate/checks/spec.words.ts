import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/spec`. */
export const migrateSpecWords = {
  title: 'The target instance carries as many connections',
  about:
    'What an instance carries at once, callers and connections to backends, is a matter of its spec, and all groups on it share it. Where the pool of connections to backends is used ' +
    'up, calls wait half a second and fail with D504CO.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
  ],
  says: {
    SAME_SPEC: ({ old }: { readonly old: string }) => `both are ${old}`,
    SPEC_NOT_READ: () => 'the target carries as many connections',
    SPEC_NOT_SMALLER: ({ next, old }: { readonly next?: string | undefined; readonly old?: string | undefined }) =>
      `${next ?? ''} carries no less than ${old ?? ''}`,
    SPEC_SMALLER: ({
      next,
      nextText,
      old,
      oldText,
      linkId,
    }: {
      readonly next?: string | undefined;
      readonly nextText: string;
      readonly old?: string | undefined;
      readonly oldText: string;
      readonly linkId?: string | undefined;
    }) => ({
      message: `the target is ${next ?? ''} (${nextText}), the present instance ${old ?? ''} (${oldText})`,
      remedy: `Change the spec of ${linkId ?? 'the target'} to ${old ?? ''} before the move, unless less is enough.`,
    }),
  },
} satisfies CheckWords;
