import { addBlock, addressed, api } from '../changes.js';
import { faults, type Fault } from '../fault.js';
import type { Stage } from '../scene.js';

export const onPremises: readonly Fault[] = faults(
  { family: 'on premises', facts: '6.6', source: 'integration', verdict: 'unknown' },
  [
    {
      id: 'return-path',
      what: "a backend is in a data center, whose routers have return routes to the current instance's vSwitches only",
      plant: (stage) => mainframe(stage, ['10.10.2.0/24', '10.10.3.0/24']),
      found: ['path/return', 'path/on-premises'],
    },
  ],
);

/** A backend in a data center behind a dedicated line. No API returns the routes of its routers. */
async function mainframe(stage: Stage, answers: readonly string[]): Promise<void> {
  const { call, parts, edit } = stage;
  for (const RouteTableId of [parts.tables.old, parts.tables.next]) {
    call('Vpc', 'CreateRouteEntry', {
      RouteTableId,
      DestinationCidrBlock: '172.31.0.0/16',
      NextHopType: 'RouterInterface',
      NextHopId: 'ri-bp1mainframe',
    });
  }
  edit((row) => row['nextHopId'] === 'ri-bp1mainframe', { answers });
  for (const id of [parts.old, parts.next]) await addBlock(stage, id, '172.31.0.0/16');
  api(stage, '/mainframe', addressed('http://172.31.5.9:8080'), 'RELEASE');
}
