import { findVpcAccessByName } from '../../cloud-api/request/find.js';
import type { ApiVersionRow, JsonObject } from '../../cloud-api/state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import type { PublishedApi } from '../group-view.js';
import { bodyOf, rowsIn, textIn, type Body } from './body.js';
import { holds } from './condition.js';
import { valuesOf, type Looked } from './values.js';

/**
 * The API with the backend that the plug-in `routing` chooses: the first route whose condition holds, of type MOCK, HTTP or HTTP-VPC. A
 * route without a condition, or with one that is not simulated (`Random()`), is not taken. Constants and paths of routes are not simulated.
 * @see https://www.alibabacloud.com/help/doc-detail/125301.htm
 */
export function routedApi(state: AlibabaRegionState, looked: Looked): PublishedApi {
  const { published } = looked.match.route;
  const body = bodyOf(published, 'routing');
  if (!body) return published;
  const valueOf = valuesOf(body, looked);
  const route = rowsIn(body, 'routes').find((one) => holds(textIn(one, 'condition'), valueOf) === true);
  if (!route) return published;
  const version = versionOf(state, published.version, (route['backend'] ?? {}) as Body);
  return { ...published, version, isRouted: true };
}

function versionOf(state: AlibabaRegionState, version: ApiVersionRow, backend: Body): ApiVersionRow {
  const of = (config: JsonObject, more: Partial<ApiVersionRow>): ApiVersionRow => ({
    ...version,
    vpc: undefined,
    serviceAddress: '',
    definition: { ...version.definition, serviceConfig: config, backendEnable: false },
    ...more,
  });
  switch (textIn(backend, 'type').toUpperCase().replace('_', '-')) {
    case 'MOCK':
      return of(
        { Mock: 'TRUE', MockStatusCode: textIn(backend, 'statusCode'), MockResult: textIn(backend, 'mockBody') },
        {},
      );
    case 'HTTP':
      return of({}, { serviceAddress: textIn(backend, 'address') });
    case 'HTTP-VPC': {
      const access = findVpcAccessByName(state, textIn(backend, 'vpcAccessName'));
      if (!access) return of({}, {});
      const { name, vpcId, instanceId, port } = access;
      return of({}, { vpc: { name, vpcId, instanceId, port, vpcScheme: textIn(backend, 'vpcScheme') } });
    }
    default:
      return version;
  }
}
