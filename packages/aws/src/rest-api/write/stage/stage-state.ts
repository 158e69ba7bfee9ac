import type { CallContext, Owner } from '@postern/core';
import { CloudError } from '@postern/core/adapter';
import type { RestStageOutput } from '../../../sdk-types.js';
import type { Session } from '../../../client/session.js';
import { listRestStages } from '../../list-rest-apis.js';
import { deployedTag } from '../../rest-stage.js';

/** A stage as it is now, or `undefined`. @throws {CloudError} `NOT_FOUND` where the API does not exist */
export async function findStage(
  session: Session,
  apiId: string,
  name: string,
  ctx: CallContext,
): Promise<RestStageOutput | undefined> {
  return (await listRestStages(session, apiId, ctx)).find(({ stageName }) => stageName === name);
}

/** Refuses a stage that gives a part of its calls to another deployment. @throws {CloudError} `CANARY_ACTIVE` */
export function refuseCanary(apiId: string, { stageName, canarySettings: canary }: RestStageOutput): void {
  if (canary === undefined) return;
  throw new CloudError(
    'CANARY_ACTIVE',
    `stage ${stageName} of ${apiId} has a canary with ${canary.percentTraffic ?? 0} % of the calls`,
    {
      operation: 'GetStages',
      remedy: 'Promote the canary or remove it, then plan again. Postern never overwrites a canary.',
      details: { gatewayId: apiId, stage: stageName, deploymentId: canary.deploymentId },
    },
  );
}

/** Whether the tags of a stage say that it serves the deployment with this mark. */
export function isTagged({ tags = {}, deploymentId = '' }: RestStageOutput, mark: string): boolean {
  return Object.entries(deployedTag(mark, deploymentId)).every(([key, value]) => tags[key] === value);
}

/** Who deploys, by the mark: `postern:shop@orders-7f3k2q/<hash>`. */
export function deployerOf(mark: string): Pick<Owner, 'project' | 'spec'> {
  const [, project = '', spec] = /^postern:([^/@]+)(?:@([^/]+))?\//.exec(mark) ?? [];
  return { project, ...(spec === undefined ? {} : { spec }) };
}
