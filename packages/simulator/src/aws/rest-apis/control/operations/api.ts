import { notSimulated } from '../../../operation/operation.js';
import { apiPatchTable } from '../api/api-patch.js';
import { checkApi, creationRate, addApi, showApi, showNewApi, checkTags } from '../api/api.js';
import {
  checkedEndpoint,
  checkEndpointTypes,
  type Endpoint,
  leaveUsagePlans,
  mappedDomains,
} from '../api/references.js';
import { checkSecurityPolicy, checkTypeChange, SECURITY_POLICIES } from '../api/security-policy.js';
import { family, getApi, listPage } from '../request.js';
import { patched, SHORT_WORDS } from '../patch.js';
import { findTagged } from '../tagged.js';
import { badRequest } from '../words.js';

/** REST APIs and tags. */
export const apiOperations = family({
  /** Creates an API with its root resource. */
  CreateRestApi: {
    rate: ({ endpointConfiguration }) => creationRate(endpointConfiguration?.types?.[0]),
    limits: {
      apiKeySource: { values: ['HEADER', 'AUTHORIZER'] },
      securityPolicy: { values: SECURITY_POLICIES },
      endpointAccessMode: { values: ['BASIC', 'STRICT'] },
    },
    run(call, { cloneFrom, ...input }) {
      checkEndpointTypes(input.endpointConfiguration);
      if (cloneFrom !== undefined) throw notSimulated('cloneFrom');

      return showNewApi(addApi(call, input).fields);
    },
  },

  /** Changes an API. Its resources, methods and integrations have operations of their own. */
  UpdateRestApi(call, { restApiId, patchOperations }) {
    const api = getApi(call, restApiId);
    const fields = patched(api.fields, patchOperations, apiPatchTable(call), SHORT_WORDS);
    checkApi(fields);
    checkedEndpoint(fields.endpointConfiguration as Endpoint);
    checkTypeChange(api.fields, fields);
    checkSecurityPolicy(fields);
    api.fields = fields;
    return showApi(fields);
  },

  /**
   * Deletes an API with all that belongs to it. Refused while a base path mapping names it; usage
   * plans lose its stages [I].
   * @see https://github.com/glomex/gcdt/issues/373 for the message
   */
  DeleteRestApi: {
    rate: { perSecond: 1 / 30, burst: 1 },
    run(call, { restApiId }) {
      const { id } = getApi(call, restApiId).fields;
      const domains = mappedDomains(call, { apiId: id });
      if (domains.length > 0) {
        throw badRequest(
          `Deleting RestApi ${id} failed. Please remove all base path mappings related to the RestApi in your domains: ` +
            domains.join(', '),
        );
      }

      leaveUsagePlans(call, { apiId: id });
      call.state.restApi.apis.delete(id);
      return {};
    },
  },

  GetRestApi: (call, { restApiId }) => showApi(getApi(call, restApiId).fields),

  GetRestApis(call, input) {
    const rows = [...call.state.restApi.apis.values()].map(({ fields }) => fields);
    const { items, ...next } = listPage(rows, input, 'GetRestApis', ({ id }) => id);
    return { items: items.map(showNewApi), ...next };
  },

  /** Sets tags of a resource; tags that are not named stay. */
  TagResource(call, { resourceArn, tags }) {
    const resource = findTagged(call, resourceArn);
    resource.replace(checkTags({ ...resource.tags, ...checkTags(tags) }));
    return {};
  },

  /** Removes tags from a resource. */
  UntagResource(call, { resourceArn, tagKeys }) {
    const resource = findTagged(call, resourceArn);
    const gone = new Set(tagKeys);
    resource.replace(Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !gone.has(key))));
    return {};
  },

  /** The tags of a resource. The service does not support `limit` and `position` here, and ignores them. */
  GetTags: (call, { resourceArn }) => ({ tags: { ...findTagged(call, resourceArn).tags } }),
});
