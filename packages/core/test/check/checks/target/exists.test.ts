import { describe } from 'vitest';
import { targetExists } from '../../../../src/check/checks/target/exists.js';
import { LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { refer } from './reference.js';
import { aws } from '../world.js';

const arn = (
  resource: string,
  { region = 'eu-west-1', account = '111122223333', service = 'elasticloadbalancing' } = {},
) => `arn:aws:${service}:${region}:${account}:${resource}`;

describe('target/exists', () => {
  checkTable(targetExists, [
    { why: 'it exists', world: aws(), verdict: 'pass' },
    {
      why: 'a listener that does not exist',
      world: aws(refer({ listener: arn('listener/app/orders-alb/50dc6c495c0c9188/aaaaaaaaaaaaaaaa') })),
      verdict: 'fail',
      says: ['listener', 'does not exist in eu-west-1'],
      evidence: ['integrations.orders.targets.orders'],
    },
    {
      why: 'a load balancer that does not exist',
      world: aws(refer({ listener: { loadBalancer: 'other', port: 443 } })),
      verdict: 'fail',
    },
    {
      why: 'listeners could not be read',
      world: aws((world) => {
        refer({ listener: arn('listener/app/orders-alb/50dc6c495c0c9188/aaaaaaaaaaaaaaaa') })(world);
        world.withhold('targets', 'elasticloadbalancing:DescribeListeners');
      }),
      verdict: 'unknown',
    },
    ...[
      [
        'a target group, which may exist: target/kind reports it',
        { listener: arn('targetgroup/orders/73e2d6bc24d8a067') },
      ],
      ['a load balancer instead of a listener', { listener: arn('loadbalancer/app/orders-alb/50dc6c495c0c9188') }],
      ['a rule', { listener: arn('listener-rule/app/orders-alb/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee') }],
      ['a gateway load balancer', { listener: arn('listener/gwy/g/50dc6c495c0c9188/f2f7dc8efc522ab2') }],
      [
        'a listener of another region: target/region reports it',
        { listener: LISTENER.replace('eu-west-1', 'eu-central-1') },
      ],
      [
        'a listener of another account: target/account reports it',
        { listener: LISTENER.replace('111122223333', '444455556666') },
      ],
      [
        'a load balancer of another region',
        { listener: { loadBalancer: arn('loadbalancer/app/a/1', { region: 'us-east-1' }), port: 1 } },
      ],
      ['a namespace instead of a service', { service: arn('namespace/ns-1', { service: 'servicediscovery' }) }],
    ].map(([why, ref]) => ({ why: why as string, world: aws(refer(ref as object)), verdict: 'nothing' as const })),
  ]);
});
