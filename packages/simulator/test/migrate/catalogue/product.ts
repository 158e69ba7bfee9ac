import { source } from '../changes.js';
import { faults, type Fault } from '../fault.js';
import type { Stage } from '../scene.js';

const ROLE = 'AliyunServiceRoleForApiGatewayConnectUserVpc';

export const product: readonly Fault[] = faults({ family: 'product' }, [
  {
    id: 'service-role',
    what: 'the service-linked role of VPC integration instances does not exist',
    plant: ({ simulation }) => {
      const world = JSON.stringify(simulation.world());
      simulation.load(JSON.parse(world.replaceAll(ROLE, `${ROLE}Gone`)));
    },
    facts: '1.6',
    found: ['link/service-role'],
    damage: {
      kind: 'not shown',
      why: 'the effect on interfaces of an instance without the role is not documented; a simulator would invent it',
    },
  },
  {
    id: 'end-of-service',
    what: 'the end of service has passed',
    plant: ({ simulation }) => simulation.advance(Date.parse('2027-09-22T00:00:00+08:00') - simulation.clock.now()),
    facts: '0',
    found: ['link/retiring'],
    damage: { kind: 'not shown', why: 'the answers to calls after that day are not announced' },
  },
  {
    id: 'spec-connections',
    what: "the target's instance type supports half as many connections",
    plant: (stage) => source(stage, { spec: 'api.s1.medium' }),
    facts: '1.5',
    found: ['migrate/spec'],
    severity: 'warning',
    damage: { kind: 'changed', words: 'its instance supports half as many connections', read: connections },
  },
]);

/** The connections of the instance that serves the group, by the table of instance types: https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances */
function connections({ call, parts }: Stage): number | undefined {
  const { InstanceId } = call('CloudAPI', 'DescribeApiGroup', { GroupId: parts.apiGroup });
  const { Instances } = call('CloudAPI', 'DescribeInstances', { InstanceId });
  const spec: string = Instances.InstanceAttribute[0].InstanceSpec;
  return new Map([
    ['api.s1.small', 50_000],
    ['api.s1.medium', 100_000],
  ]).get(spec);
}
