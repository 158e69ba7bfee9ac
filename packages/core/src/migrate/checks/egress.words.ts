import type { CheckWords } from '../../findings/statement.js';
import { counted } from '../../text/counted.js';

/** The texts of `migrate/egress`. */
export const migrateEgressWords = {
  title: 'Backends are called from the same addresses',
  about:
    'After a move backends are called from the addresses of the new link. Whether the allowlists that a cloud knows let them in, `path/*` says; lists that no cloud ' +
    'knows (host firewalls, data centres) need the blocks of the impact table. While DNS drains, both call: keep the old entries. Backends in the open internet see another ' +
    "address, the instance's own: what keeps a list there has to hold the new one, which is a warning, since nobody here can look at that list.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
  ],
  says: {
    SOURCE_NOT_READ: () => 'calls come from the same blocks as before',
    SAME_SOURCE: () => 'calls come from the same blocks as before',
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
        'Let these blocks in at every backend whose list no cloud knows (see the impact table), and keep the old ones until the old way has drained.',
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
      `${names.join(', ')}${openCount > namesCount ? ` and ${more} more` : ''}: called from ${next.join(', ')} as before`,
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
      message: `${names.join(', ')}${openCount > namesCount ? ` and ${more} more` : ''} will be called from ${added.join(', ')}${oldCount === 0 ? '' : ` instead of ${old.join(', ')}`}`,
      remedy: `Let ${added.join(', ')} in at ${names.join(', ')}${openCount > namesCount ? ` and ${more} more` : ''} before the move, where a list is kept there${oldCount === 0 ? '' : `, and keep ${old.join(', ')} until the old way has drained`}.`,
    }),
  },
} satisfies CheckWords;
