import { checkDeployable, waitsForLink, apiSummary, frozenCopy, targetStage } from '../deployment.js';
import { API, collection } from '../collection.js';
import { getApi } from '../request.js';
import { textMember } from '../patch.js';
import { badRequest, WORDS } from '../words.js';
import type { RestDeploymentRow } from '../state.js';

/** Deployments. What one deployed never changes. */
export const deploymentOperations = collection({
  name: 'Deployment',
  of: API,
  rows: 'deployments',
  key: ['deploymentId', ({ fields }) => fields.id],
  unknown: WORDS.deploymentNotFound,
  patch: { '/description': textMember<RestDeploymentRow['fields']>('description') },
  /** No stage points to it. That a canary protects its deployment in the same words is [U]. */
  unused({ stages }, { fields: { id } }) {
    const used = [...stages.values()].some(
      (stage) => stage.deploymentId === id || stage.canarySettings?.deploymentId === id,
    );
    if (used) throw WORDS.deploymentInUse();
  },
  /** With `embed=apisummary`, the methods of one and how they authorize. */
  show({ fields, copy }, verb, { embed = [] }) {
    const embedded = verb === 'Get' ? embed.flatMap((text) => text.split(',')) : [];
    const unknown = embedded.find((name) => name !== 'apisummary');
    // [U] Whether the service refuses another name, and how.
    if (unknown !== undefined) throw badRequest(`Invalid embed value specified: ${unknown}`);

    return { ...fields, ...(embedded.length > 0 && { apiSummary: apiSummary(copy) }) };
  },
  own: {
    /**
     * Copies the API as it is now. With the name of a stage it points the stage, or its canary, at the copy;
     * a stage that does not exist is created. While a link of the API is PENDING, the call waits before it copies, and
     * other writes to the API are refused [I].
     */
    CreateDeployment: {
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
      rate: { perSecond: 1 / 5, burst: 1 },
      waits: (call, { restApiId }) => waitsForLink(call, restApiId),
      run(call, input) {
        const api = getApi(call, input.restApiId);
        const { description } = input;
        const fields: RestDeploymentRow['fields'] = {
          id: call.id('', 6, 'base36'),
          createdDate: new Date(call.now),
          ...(description !== undefined && description !== '' && { description }),
        };
        const stage = targetStage(call, api, input, fields.id);
        checkDeployable(call, api);
        api.deployments.set(fields.id, { fields, copy: frozenCopy(api) });
        if (stage !== undefined) api.stages.set(stage.stageName, stage);
        return { ...fields };
      },
    },
  },
});
