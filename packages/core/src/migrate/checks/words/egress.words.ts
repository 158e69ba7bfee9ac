import type { CheckWords } from '../../../findings/statement.js';
import { counted } from '../../../text/counted.js';

/** The texts of `migrate/egress`. */
export const migrateEgressWords = {
  title: 'Calls to backends come from the same addresses as before',
  about:
    'After a move, calls to backends come from the addresses of the new link. `path/*` reports whether the allowlists that the cloud knows allow these addresses. ' +
    'Other allowlists (host firewalls, data centers) need the CIDR blocks of the impact table. Both links call backends while DNS drains, so keep the old entries. ' +
    'Backends on the public internet are called from another address, the public address of the instance. An allowlist there must contain the new address. ' +
    'That is a warning, because Postern cannot read such a list.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
  ],
  says: {
    SOURCE_NOT_READ: () => 'calls come from the same CIDR blocks as before',
    SAME_SOURCE: () => 'calls come from the same CIDR blocks as before',
    NEW_SOURCE: ({
      backendsCount,
      next,
      addedCount,
      nextCount,
      added,
    }: {
      readonly backendsCount: number;
      readonly next: readonly string[];
      readonly addedCount: number;
      readonly nextCount: number;
      readonly added: readonly string[];
    }) => ({
      message: `calls to ${counted(backendsCount, 'backend')} will come from ${next.join(', ')}${addedCount === nextCount ? '' : `; new: ${added.join(', ')}`}`,
      remedy:
        'Add these CIDR blocks to every allowlist that the cloud does not know (see the impact table). Keep the old blocks until calls through the old link have drained.',
    }),
    PUBLIC_SOURCE_NOT_READ: ({ message, remedy }: { readonly message: string; readonly remedy: string }) => ({
      message: message,
      remedy: remedy,
    }),
    SAME_PUBLIC_SOURCE: ({
      names,
      openCount,
      namesCount,
      more,
      next,
    }: {
      readonly names: readonly string[];
      readonly openCount: number;
      readonly namesCount: number;
      readonly more: number;
      readonly next: readonly string[];
    }) =>
      `calls to ${names.join(', ')}${openCount > namesCount ? ` and ${more} more` : ''} come from ${next.join(', ')}, as before`,
    NEW_PUBLIC_SOURCE: ({
      names,
      openCount,
      namesCount,
      more,
      added,
      oldCount,
      old,
    }: {
      readonly names: readonly string[];
      readonly openCount: number;
      readonly namesCount: number;
      readonly more: number;
      readonly added: readonly string[];
      readonly oldCount: number;
      readonly old: readonly string[];
    }) => ({
      message: `calls to ${names.join(', ')}${openCount > namesCount ? ` and ${more} more` : ''} will come from ${added.join(', ')}${oldCount === 0 ? '' : ` instead of ${old.join(', ')}`}`,
      remedy: `Add ${added.join(', ')} before the move to any allowlist of ${names.join(', ')}${openCount > namesCount ? ` and ${more} more` : ''}.${oldCount === 0 ? '' : ` Keep ${old.join(', ')} there until calls through the old link have drained.`}`,
    }),
  },
} satisfies CheckWords;
