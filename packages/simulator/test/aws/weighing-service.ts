import type { ServiceName } from '../../src/internal/simulation.js';

type Row = Readonly<Record<string, any>>;

/**
 * Starts an ECS service that wants no tasks, and whose deployments share calls between the target groups `orders` and `green`: by the
 * default action of the listener that uses `orders`, or by the first rule of that listener.
 */
export function startWeighing(
  call: (service: ServiceName, operation: string, input: Row) => any,
  strategy: string,
  of: 'default' | 'rule' | 'test rule' = 'default',
): void {
  const elb = (operation: string, input: Row): any => call('elasticloadbalancingv2', operation, input);
  const [orders, green] = ['orders', 'green'].map(
    (name): Row => elb('DescribeTargetGroups', { Names: [name] }).TargetGroups[0],
  );
  const [{ ListenerArn }] = elb('DescribeListeners', { LoadBalancerArn: orders?.['LoadBalancerArns'][0] }).Listeners;
  const { Rules } = elb('DescribeRules', { ListenerArn });
  const { RuleArn } = Rules.find(({ IsDefault }: Row) => IsDefault === (of === 'default'));
  const container = { name: 'web', image: 'example.com/orders:1', portMappings: [{ containerPort: 8080 }] };
  const definition = { family: 'orders', networkMode: 'bridge', memory: '512', containerDefinitions: [container] };
  const advancedConfiguration = {
    alternateTargetGroupArn: green?.['TargetGroupArn'],
    [of === 'test rule' ? 'testListenerRule' : 'productionListenerRule']: RuleArn,
    roleArn: 'arn:aws:iam::111122223333:role/shift',
  };
  const balanced = { targetGroupArn: orders?.['TargetGroupArn'], containerName: 'web', containerPort: 8080 };
  call('ecs', 'CreateCluster', { clusterName: 'shop' });
  call('ecs', 'RegisterTaskDefinition', definition);
  call('ecs', 'CreateService', {
    cluster: 'shop',
    serviceName: 'orders',
    taskDefinition: 'orders',
    deploymentConfiguration: { strategy },
    loadBalancers: [{ ...balanced, advancedConfiguration }],
  });
}
