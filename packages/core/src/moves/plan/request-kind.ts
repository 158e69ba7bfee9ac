import type { Migration } from '../validate/migration.js';
import type { StageMigration } from '../validate/stage-migration.js';
import type { InstanceMigration } from '../validate/validate-instance.js';
import type { MoveRequest } from './move-plan.js';

/** A request by what it names. */
export type SortedRequest =
  | { readonly is: 'gateway'; readonly migration: Migration }
  | { readonly is: 'stage'; readonly migration: StageMigration }
  | { readonly is: 'instance'; readonly migration: InstanceMigration };

/** What a request names: a group or routes, a stage, or all groups of an instance. */
export function sortRequest(request: MoveRequest): SortedRequest {
  if ('stage' in request) return { is: 'stage', migration: request };
  return 'group' in request || 'api' in request
    ? { is: 'gateway', migration: request }
    : { is: 'instance', migration: request };
}
