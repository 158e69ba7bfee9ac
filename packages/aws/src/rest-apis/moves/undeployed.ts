import { CloudError, isTemporaryRoute, type MoveUnit } from '@postern/core/internal/adapter';
import type { RestIntegrationOutput, RestResourceOutput } from '../../sdk-types.js';
import { methodsOf } from '../read-rest-api.js';
import type { DeployedMethod } from '../stage-export.js';
import type { MovedMethod } from './rest-state.js';

/** How many methods an error names. */
const NAMED = 5;

/**
 * Refuses an API whose working copy differs from what the stage serves: a deployment has the whole working copy, so that
 * the move would deploy changes of others. Compared are which methods there are, and where their private integrations lead;
 * not of those that the move itself has changed (`begun`), nor of methods that exist for a test.
 * @throws {CloudError} `CONFLICT` with the methods that differ
 */
export function refuseUndeployed(
  { gateway: { id: apiId }, stage = '' }: MoveUnit,
  served: readonly DeployedMethod[],
  resources: readonly RestResourceOutput[],
  begun: readonly MovedMethod[],
): void {
  const own = new Set(begun.map(({ verb, path }) => `${verb} ${path}`));
  const deployed = new Map<string, RestIntegrationOutput>(
    served.map(({ key, integration }) => [key, integration] as const),
  );
  const drafts = new Map<string, RestIntegrationOutput | undefined>(
    methodsOf(apiId, resources).map(({ verb, path, method }) => [`${verb} ${path}`, method.methodIntegration] as const),
  );
  const keys = [...new Set([...deployed.keys(), ...drafts.keys()])];
  const differing = keys.filter(
    (key) => !own.has(key) && !isTemporaryRoute({ key }) && differs(deployed.get(key), drafts.get(key)),
  );
  if (differing.length === 0) return;

  const more = differing.length > NAMED ? ` and ${differing.length - NAMED} more` : '';
  const named = `${differing.slice(0, NAMED).join(', ')}${more}`;
  throw new CloudError('CONFLICT', `REST API ${apiId} has changes that stage ${stage} does not serve yet: ${named}`, {
    operation: 'GetExport',
    remedy: 'Deploy these changes or revert them, then plan the move again.',
    details: { gatewayId: apiId, stage, routes: differing },
  });
}

/** A member that an export does not show is not compared. */
function differs(deployed: RestIntegrationOutput | undefined, draft: RestIntegrationOutput | undefined): boolean {
  if (deployed === undefined || draft === undefined) return deployed !== draft;
  if (draft.connectionType !== 'VPC_LINK') return deployed.connectionType === 'VPC_LINK';

  const members = ['connectionId', 'integrationTarget', 'uri'] as const;
  return members.some((name) => deployed[name] !== undefined && deployed[name] !== draft[name]);
}
