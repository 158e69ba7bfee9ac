import { targetExists } from '../../../../src/check/checks/target/exists.js';
import { LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { refer } from './reference.js';
import { aws, withhold } from '../world.js';

const arn = (
  resource: string,
  { region = 'eu-west-1', account = '111122223333', service = 'elasticloadbalancing' } = {},
) => `arn:aws:${service}:${region}:${account}:${resource}`;

checkTable(targetExists, {
  'it exists': [aws(), 'pass EXISTS'],
  'a listener that does not exist': [
    aws(refer({ listener: arn('listener/app/orders-alb/50dc6c495c0c9188/aaaaaaaaaaaaaaaa') })),
    'error NOT_RESOLVED',
    { says: ['listener', 'does not exist in eu-west-1'], evidence: 'integrations.orders.targets.orders' },
  ],
  'a load balancer that does not exist': [
    aws(refer({ listener: { loadBalancer: 'other', port: 443 } })),
    'error NOT_RESOLVED',
  ],
  'listeners could not be read': [
    aws(
      refer({ listener: arn('listener/app/orders-alb/50dc6c495c0c9188/aaaaaaaaaaaaaaaa') }),
      withhold('targets', 'elasticloadbalancing:DescribeListeners'),
    ),
    'unknown NOT_RESOLVED',
  ],
  'a target group, which may exist: target/kind reports it': [
    aws(refer({ listener: arn('targetgroup/orders/73e2d6bc24d8a067') })),
    'nothing',
  ],
  'a load balancer instead of a listener': [
    aws(refer({ listener: arn('loadbalancer/app/orders-alb/50dc6c495c0c9188') })),
    'nothing',
  ],
  'a rule': [
    aws(refer({ listener: arn('listener-rule/app/orders-alb/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee') })),
    'nothing',
  ],
  'a gateway load balancer': [
    aws(refer({ listener: arn('listener/gwy/g/50dc6c495c0c9188/f2f7dc8efc522ab2') })),
    'nothing',
  ],
  'a listener of another region: target/region reports it': [
    aws(refer({ listener: LISTENER.replace('eu-west-1', 'eu-central-1') })),
    'nothing',
  ],
  'a listener of another account: target/account reports it': [
    aws(refer({ listener: LISTENER.replace('111122223333', '444455556666') })),
    'nothing',
  ],
  'a load balancer of another region': [
    aws(refer({ listener: { loadBalancer: arn('loadbalancer/app/a/1', { region: 'us-east-1' }), port: 1 } })),
    'nothing',
  ],
  'a namespace instead of a service': [
    aws(refer({ service: arn('namespace/ns-1', { service: 'servicediscovery' }) })),
    'nothing',
  ],
});
