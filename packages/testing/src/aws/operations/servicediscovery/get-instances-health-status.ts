import type {
  GetInstancesHealthStatusRequest,
  GetInstancesHealthStatusResponse,
} from '@aws-sdk/client-servicediscovery';
import { getInstance, getService, instancesOf } from '../../cloud-map/find.js';
import { ID, INSTANCE_ID, PAGE, PAGE_SIZE } from '../../cloud-map/limits.js';
import { page } from '../../page.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** The health of the instances of a service, all or those named. */
export const getInstancesHealthStatus = operation<
  Given<GetInstancesHealthStatusRequest>,
  GetInstancesHealthStatusResponse
>({
  service: 'servicediscovery',
  name: 'GetInstancesHealthStatus',
  kind: 'read',
  limits: { ServiceId: ID, Instances: { length: [1, Number.MAX_SAFE_INTEGER] }, 'Instances[]': INSTANCE_ID, ...PAGE },
  run: (call, input) => {
    const service = getService(call.state, input.ServiceId);
    const rows =
      input.Instances?.map((id) => getInstance(call.state, service, id)) ?? instancesOf(call.state, service.id);
    const { items, next } = page(
      rows,
      { size: input.MaxResults, token: input.NextToken },
      {
        service: 'servicediscovery',
        list: `GetInstancesHealthStatus ${service.id}`,
        defaultSize: PAGE_SIZE,
        largest: PAGE_SIZE,
        key: (row) => row.id,
      },
    );
    return { Status: Object.fromEntries(items.map(({ id, health }) => [id, health])), NextToken: next };
  },
});
