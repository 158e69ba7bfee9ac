import type { CheckWords } from '../../../findings/statement.js';
import { instanceSpecText, type InstanceSpec } from '../../../kinds/instance-specs.js';

/** The texts of `migrate/spec`. */
export const migrateSpecWords = {
  title: 'The target instance supports as many connections as the current instance',
  about:
    'The instance type limits the connections that an instance has at once, from callers and to backends. All groups on the instance share them. If the pool of connections ' +
    'to backends is used up, calls wait half a second and fail with D504CO.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
  ],
  says: {
    SAME_SPEC: ({ old }: { readonly old: string }) => `both instances have the instance type ${old}`,
    SPEC_NOT_READ: () => 'the target instance supports as many connections',
    SPEC_NOT_SMALLER: ({ next, old }: { readonly next?: string | undefined; readonly old?: string | undefined }) =>
      `${next ?? ''} supports as many connections as ${old ?? ''}, or more`,
    SPEC_SMALLER: ({
      next,
      nextSpec,
      old,
      oldSpec,
      linkId,
    }: {
      readonly next?: string | undefined;
      readonly nextSpec: InstanceSpec;
      readonly old?: string | undefined;
      readonly oldSpec: InstanceSpec;
      readonly linkId?: string | undefined;
    }) => ({
      message: `the target instance has the instance type ${next ?? ''} (${instanceSpecText(nextSpec)}), the current instance ${old ?? ''} (${instanceSpecText(oldSpec)})`,
      remedy: `Change the instance type of ${linkId ?? 'the target instance'} to ${old ?? ''} before the move, unless fewer connections are enough.`,
    }),
  },
} satisfies CheckWords;
