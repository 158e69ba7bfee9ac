import type { ListInstancesRequest, ListInstancesResponse } from '@aws-sdk/client-servicediscovery';
import { getService, instancesOf } from '../../cloud-map/find.js';
import { ID, PAGE, PAGE_SIZE } from '../../cloud-map/limits.js';
import { page } from '../../page.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Lists the instances of a service. */
export const listInstances = operation<Given<ListInstancesRequest>, ListInstancesResponse>({
  service: 'servicediscovery',
  name: 'ListInstances',
  kind: 'read',
  limits: { ServiceId: ID, ...PAGE },
  run: (call, input) => {
    const service = getService(call.state, input.ServiceId);
    const { items, next } = page(
      instancesOf(call.state, service.id),
      { size: input.MaxResults, token: input.NextToken },
      {
        service: 'servicediscovery',
        list: `ListInstances ${service.id}`,
        defaultSize: PAGE_SIZE,
        largest: PAGE_SIZE,
        key: (row) => row.id,
      },
    );
    const Instances = items.map(({ id, attributes }) => ({
      Id: id,
      Attributes: { ...attributes },
      CreatedByAccount: call.account,
    }));
    return { ResourceOwner: call.account, Instances, NextToken: next };
  },
});
