import { authorized, authorizeForeign, backend, group, plugin, redraft, target, variable } from '../changes.js';
import { REFUSED, faults, type Damage, type Fault } from '../fault.js';
import type { Stage } from '../scene.js';

/** Faults that a call without permission hides. */
type Hidden = readonly [operation: string, what: string, damage: Damage, plant: (stage: Stage) => unknown];

const HIDDEN: readonly Hidden[] = [
  [
    'DescribePlugins',
    'a routing plug-in has a backend in another VPC',
    REFUSED,
    (stage) => {
      authorizeForeign(stage);
      plugin(stage, 'routing', 'routes:\n- backend: { type: HTTP-VPC, vpcAccessName: foreign }\n');
    },
  ],
  [
    'DescribeBackendList',
    'a named backend is in another VPC',
    REFUSED,
    (stage) => {
      authorizeForeign(stage);
      const model = { VpcConfig: { Name: 'foreign', VpcScheme: 'http' } };
      backend(stage, { RELEASE: { VpcConfig: { Name: 'orders', VpcScheme: 'http' } }, PRE: model }, 'RELEASE');
    },
  ],
  [
    'DescribeVpcAccesses',
    'an authorization that a draft names belongs to another VPC',
    REFUSED,
    (stage) => {
      authorizeForeign(stage);
      redraft(stage, stage.parts.apis['/orders'], '/orders', authorized('foreign'));
    },
  ],
  [
    'DescribeApiGroup',
    'the group is locked',
    { kind: 'refused', words: /overdue/ },
    (stage) => group(stage, { billingStatus: 'LOCKED' }),
  ],
  [
    'DescribeInstances',
    'the target is not running',
    { kind: 'refused', words: /not running/ },
    (stage) => target(stage, { status: 'CREATE_FAILED' }),
  ],
];

export const unknowns: readonly Fault[] = faults({ family: 'not known', verdict: 'unknown', damage: REFUSED }, [
  {
    id: 'variable-authorization',
    what: 'an authorization is a stage variable, whose value names one of another VPC',
    plant: (stage) => {
      authorizeForeign(stage);
      variable(stage, 'WHERE', 'foreign');
      plugin(stage, 'routing', 'routes:\n- backend: { type: HTTP-VPC, vpcAccessName: "#WHERE#" }\n', { on: 'group' });
    },
    found: ['migrate/stage-variable'],
    facts: '4.4',
  },
  {
    id: 'variable-address',
    what: 'an address is a stage variable, whose value is outside of the accessible blocks',
    plant: (stage) => {
      variable(stage, 'host', '10.12.0.9');
      backend(stage, { RELEASE: { ServiceAddress: 'http://#host#:80' } }, 'RELEASE');
    },
    found: ['migrate/stage-variable'],
    facts: '4.4',
  },
  ...HIDDEN.map(([operation, what, damage, plant]) => ({
    id: `denied-${operation}`,
    what: `${operation} is not allowed, and ${what}`,
    plant: async (stage: Stage) => {
      await plant(stage);
      stage.simulation.faults.add({ service: 'cloudapi', operation, kind: 'deny' });
    },
    found: ['migrate/known'],
    facts: '6.1',
    damage,
  })),
]);
