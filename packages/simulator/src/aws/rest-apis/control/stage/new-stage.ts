import { defined } from '../../../../simulation/defined.js';
import type { Stage } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../../operation/operation.js';
import type { RestApiRow, RestStageRow } from '../state.js';
import { checkTags } from '../api/api.js';
import { clusterSize, followCluster } from './cache-cluster.js';
import { checkVariables, type Variables, STAGE_WORDS } from './words.js';

/** What CreateStage and CreateDeployment set on a stage. */
export interface StageSettings {
  readonly description?: string | undefined;
  readonly variables?: Variables | undefined;
  readonly tracingEnabled?: boolean | undefined;
  readonly cacheClusterEnabled?: boolean | undefined;
  readonly cacheClusterSize?: string | undefined;
}

/**
 * A new stage with the service's defaults. It is not in the API yet.
 * @throws {ServiceError} BadRequestException for a name, a variable or a tag that is not valid, or over the quota
 */
export function newStage(
  call: AwsCall,
  api: RestApiRow,
  stageName: string,
  deploymentId: string,
  { tags, ...settings }: StageSettings & { readonly tags?: Record<string, string> | undefined },
): RestStageRow {
  if (!/^[a-zA-Z0-9_-]{1,128}$/.test(stageName)) throw STAGE_WORDS.name();

  const most = call.quota('stages-per-api');
  if (api.stages.size >= most) throw STAGE_WORDS.tooMany(most);

  const now = new Date(call.now);
  const fresh: RestStageRow = {
    stageName,
    deploymentId,
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    methodSettings: {},
    tracingEnabled: false,
    createdDate: now,
    lastUpdatedDate: now,
    tags: checkTags(tags),
  };
  return withSettings(call, api, fresh, settings);
}

/** The stage with the settings that are given. Variables replace the earlier ones [U]. */
export function withSettings(
  call: AwsCall,
  { fields }: Pick<RestApiRow, 'fields'>,
  row: RestStageRow,
  { description, variables, tracingEnabled, cacheClusterEnabled, cacheClusterSize }: StageSettings,
): RestStageRow {
  return followCluster(call, fields.id, row, {
    ...row,
    ...(description !== undefined && description !== '' && { description }),
    ...(variables !== undefined && { variables: checkVariables(call, variables) }),
    ...defined({ tracingEnabled, cacheClusterEnabled }),
    ...(cacheClusterSize !== undefined && { cacheClusterSize: clusterSize(cacheClusterSize) }),
    lastUpdatedDate: new Date(call.now),
  });
}

/** A stage as the service answers it: variables and tags only where there are some. */
export function stageView({ tags, variables = {}, cacheSince: _since, ...rest }: RestStageRow): Stage {
  return {
    ...rest,
    ...(Object.keys(variables).length > 0 && { variables: { ...variables } }),
    ...(Object.keys(tags).length > 0 && { tags: { ...tags } }),
  };
}
