import { backend, plugin } from '../changes.js';
import { faults, type Fault } from '../fault.js';
import type { Stage } from '../scene.js';

export const unknowns: readonly Fault[] = faults(
  { family: 'not known', verdict: 'unknown', damage: { kind: 'unknown' } },
  [
    {
      id: 'variable-authorisation',
      what: 'an authorisation is written as a stage variable',
      plant: (stage) => {
        plugin(stage, 'routing', 'routes:\n- backend: { type: HTTP-VPC, vpcAccessName: "#WHERE#" }\n', { on: 'group' });
      },
      found: ['migrate/stage-variable'],
      facts: '4.4',
    },
    {
      id: 'variable-address',
      what: 'an address is written as a stage variable',
      plant: (stage) => {
        backend(stage, { RELEASE: { ServiceAddress: 'http://#host#:80' } }, 'RELEASE');
      },
      found: ['migrate/stage-variable'],
      facts: '4.4',
    },
    ...['DescribePlugins', 'DescribeBackendList', 'DescribeVpcAccesses', 'DescribeApiGroup', 'DescribeInstances'].map(
      (operation) => ({
        id: `denied-${operation}`,
        what: `${operation} is not allowed`,
        plant: ({ simulation }: Stage) => simulation.faults.add({ service: 'cloudapi', operation, kind: 'deny' }),
        found: ['migrate/known'],
        facts: '6.1',
      }),
    ),
  ],
);
