import { expect, it } from 'vitest';
import { toServiceRegistrar } from '../../src/load-balancing/registrar/ecs-service.js';

const loadBalancers = (...names: readonly string[]) =>
  names.map((name) => ({
    targetGroupArn: `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/1`,
  }));

it('deployments of CodeDeploy write the weights of what leads to a group of the service or of a task set', () => {
  const {
    strategy,
    weighs = [],
    deploying,
  } = toServiceRegistrar({
    deploymentController: { type: 'CODE_DEPLOY' },
    loadBalancers: loadBalancers('blue'),
    taskSets: [{ loadBalancers: loadBalancers('blue') }, { loadBalancers: loadBalancers('green') }],
  });
  expect([strategy, deploying]).toEqual(['CODE_DEPLOY', true]);
  expect(weighs.map(({ id }) => /([a-z]+)\/1$/.exec(id)?.[1])).toEqual(['blue', 'green']);
  expect(toServiceRegistrar({ loadBalancers: loadBalancers('blue') }).weighs).toBeUndefined();
});
