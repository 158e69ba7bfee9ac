import { CUT_OFF, faults, type Fault } from '../fault.js';
import type { Stage } from '../scene.js';

export const routes: readonly Fault[] = faults(
  { family: 'routes', facts: '6.5', source: 'integration', damage: CUT_OFF },
  [
    {
      id: 'route-none',
      what: "the route table of the target's vSwitches has no route to the other VPC",
      plant: ({ call, parts }) => deleteRoute(call, parts.tables.next, '10.11.0.0/16', parts.peering),
      found: ['path/route'],
    },
    {
      id: 'route-return',
      what: 'the other VPC has no return route to one zone of the target',
      plant: ({ call, parts }) => deleteRoute(call, parts.tables.elsewhere, '10.10.1.0/24', parts.peering),
      found: ['path/return'],
    },
    {
      id: 'route-appliance',
      what: 'a more specific route of the target has an instance as next hop, and it is unknown whether that forwards',
      plant: ({ call, parts, edit }) => {
        call('Vpc', 'CreateRouteEntry', {
          RouteTableId: parts.tables.next,
          DestinationCidrBlock: '10.11.0.0/24',
          NextHopType: 'Instance',
          NextHopId: parts.machine,
        });
        // Its operating system does not, by default. No API returns it.
        edit((row) => row['InstanceId'] === parts.machine && row['HostName'] !== undefined, { forwards: false });
      },
      found: ['path/route'],
      verdict: 'unknown',
    },
  ],
);

function deleteRoute(call: Stage['call'], RouteTableId: string, DestinationCidrBlock: string, NextHopId: string): void {
  call('Vpc', 'DeleteRouteEntry', { RouteTableId, DestinationCidrBlock, NextHopId });
}
