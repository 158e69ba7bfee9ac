import { describe, it, expect } from 'vitest';
import { targetHealthy } from '../../../../src/check/checks/target/healthy.js';
import { GROUP } from '../aws-region.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { listener } from './listener.js';
import { awsWorld, type World, aws, alibaba, withhold, copy } from '../world.js';
import { edit } from '../edits.js';

describe('target/healthy', () => {
  const registered = (more: object, change: (world: World) => void = () => undefined) =>
    awsWorld((world) => {
      const { the, region } = world;
      the('targetGroups', GROUP).targets = [];
      const targetGroups = [{ targetGroupId: GROUP, port: 8080 }];
      region.registrars = [
        { id: 'arn:ecs', name: 'shop', kind: 'service', targetGroups, registries: [], raw: null, ...more },
      ];
      change(world);
    });
  const all = (health: 'healthy' | 'unhealthy' | 'unavailable' | 'unused' | 'initial' | 'unknown', reason?: string) =>
    awsWorld(edit({ 'targetGroups.orders.targets.*': { health, reason } }));
  checkTable(targetHealthy, {
    healthy: [aws(), 'pass HEALTHY', { evidence: GROUP }],
    'healthy, Alibaba Cloud': [alibaba(), 'pass HEALTHY', { evidence: 'lb-1:80' }],
    'health checks are off': [() => all('unavailable'), 'pass HEALTHY'],
    'the groups that it forwards to are not known': [
      aws({ 'listeners.orders-alb.actions': [{ kind: 'forward' }] }),
      'unknown GROUP_HEALTH_NOT_READ',
    ],
    'all unhealthy': [
      () => all('unhealthy', 'Target.Timeout'),
      'error NONE_HEALTHY',
      {
        says: ['Target.Timeout', 'i-1:8080', '; orders-alb forwards calls to all of them'],
        evidence: GROUP,
        remedy: 'orders',
      },
    ],
    'all registered just now: health checks are not completed': [
      () => all('initial', 'Elb.RegistrationInProgress'),
      'error NONE_HEALTHY',
      { remedy: ['Wait until the first health checks of orders are completed', 'check again'] },
    ],
    'all unhealthy, and their group does not allow health checks': [
      () => {
        const world = all('unhealthy', 'Target.Timeout');
        world.the('securityGroups', 'sg-app').rules = [];
        return world;
      },
      'error NONE_HEALTHY',
      {
        says: 'health checks do not reach them: no rule of sg-app allows inbound tcp 8080',
        evidence: [GROUP, 'sg-app'],
        remedy: 'Add an inbound rule to sg-app: tcp 8080 from sg-lb',
      },
    ],
    'all unhealthy by checks on another port, which their group does not allow: calls arrive': [
      aws({
        'targetGroups.orders.healthCheck': { enabled: true, protocol: 'HTTP', port: 9000 },
        'targetGroups.orders.targets.*': { health: 'unhealthy', reason: 'Target.Timeout' },
      }),
      'warning CHECKS_BLOCKED',
      {
        says: ['although calls reach the targets', 'health checks do not reach them'],
        remedy: 'Add an outbound rule to sg-lb: tcp 9000 to sg-app',
      },
    ],
    'a group for functions without a function': [
      aws({ 'targetGroups.orders': { kind: 'lambda', targets: [] } }),
      'error NONE_HEALTHY',
      'no targets',
    ],
    'no target, because the service that registers targets wants none': [
      () => registered({ desired: 0 }),
      'error NONE_HEALTHY',
      {
        says: ['orders: no targets', '; shop registers them, and its desired count is 0'],
        remedy: 'Set the desired count of shop above 0',
      },
    ],
    'no target, because tasks of the service end': [
      () => registered({ desired: 2, running: 0, stoppedReason: 'Essential container in task exited' }),
      'error NONE_HEALTHY',
      {
        says: '; shop registers them, and its tasks fail: Essential container in task exited',
        remedy: 'Correct the cause for which tasks of shop fail: Essential container in task exited.',
      },
    ],
    'no target, because instances of the group that scales do not start': [
      () => registered({ kind: 'scaling-group', desired: 2, running: 0, stoppedReason: 'No capacity.' }),
      'error NONE_HEALTHY',
      { says: 'its instances fail: No capacity', remedy: 'instances of shop fail: No capacity.' },
    ],
    'no target, and tasks start': [
      () => registered({ desired: 2, running: 0, pending: 2, deploying: true }),
      'unknown GROUP_HEALTH_NOT_READ',
      { says: 'whether the tasks that shop is starting answer', remedy: 'Wait until shop has started its tasks' },
    ],
    'its targets are registered just now, and tasks start': [
      () =>
        registered(
          { desired: 2, running: 1, pending: 1 },
          edit({ 'targetGroups.orders.targets': [{ id: '10.0.11.20', port: 8080, health: 'initial' }] }),
        ),
      'unknown GROUP_HEALTH_NOT_READ',
    ],
    'a target that fails its health check, and tasks start': [
      () =>
        registered(
          { desired: 2, running: 1, pending: 1 },
          edit({ 'targetGroups.orders.targets': [{ id: '10.0.11.20', port: 8080, health: 'unhealthy' }] }),
        ),
      'error NONE_HEALTHY',
    ],
    'no target, tasks start, and why tasks stop was not read': [
      () =>
        registered(
          { desired: 2, running: 0, pending: 2 },
          edit({
            'gaps.+': {
              what: 'why tasks stop',
              of: 'registrars',
              id: 'arn:ecs',
              operation: 'ListTasks',
              code: 'PERMISSION_DENIED',
            },
          }),
        ),
      'error NONE_HEALTHY',
      'no targets',
    ],
    'no target, and what registers targets was not read': [
      () => registered({}, withhold('registrars', 'ecs:ListClusters')),
      'error NONE_HEALTHY',
      { remedy: 'Register a target in orders' },
    ],
    'each target leaves, because tasks fail': [
      () =>
        registered(
          { desired: 2, running: 0, stoppedReason: 'OutOfMemoryError' },
          edit({ 'targetGroups.orders.targets': [{ id: '10.0.11.20', port: 8080, health: 'draining' }] }),
        ),
      'error NONE_HEALTHY',
      ['10.0.11.20:8080 draining', 'its tasks fail: OutOfMemoryError'],
    ],
    'no target, because the subnets of the service are of another VPC': [
      () =>
        registered(
          { desired: 1, running: 0, subnetIds: ['subnet-far'] },
          copy('subnets', 'subnet-lb-a', { id: 'subnet-far', networkId: 'vpc-far' }),
        ),
      'error NONE_HEALTHY',
      {
        says: 'its subnets are in vpc-far, not in vpc-1 of the target group',
        remedy: 'Give shop subnets in vpc-1, or a target group in vpc-far.',
      },
    ],
    'no target, because the group of tasks does not allow the health checks': [
      () =>
        registered(
          {
            desired: 1,
            running: 0,
            subnetIds: ['subnet-lb-a'],
            securityGroupIds: ['sg-app'],
            stoppedReason:
              '(service shop) (port 8080) is unhealthy in (target-group orders) due to (reason Request timed out)',
          },
          edit({ 'securityGroups.sg-app.rules': [] }),
        ),
      'error NONE_HEALTHY',
      { says: ['health checks do not reach them: ', 'sg-app'], remedy: 'sg-app' },
    ],
    'all unhealthy, and all answer: calls reach them': [
      () => all('unhealthy', 'Target.ResponseCodeMismatch'),
      'warning ANSWERING_UNHEALTHY',
      { says: 'orders-alb forwards calls to all of them', evidence: GROUP },
    ],
    'all unhealthy, and one does not answer: which one receives a call is not known': [
      aws(({ the }) => {
        const reasons = ['Target.ResponseCodeMismatch', 'Target.Timeout'];
        the('targetGroups', GROUP).targets?.forEach((one, at) =>
          Object.assign(one, { health: 'unhealthy', reason: reasons[at] }),
        );
      }),
      'error NONE_HEALTHY',
    ],
    'no target is in use, so that none receives calls': [
      () => all('unused', 'Target.NotInUse'),
      'error NONE_HEALTHY',
      'Target.NotInUse)',
    ],
    'CLB forwards no calls to unhealthy backends': [
      alibaba({ 'targetGroups.lb-1:80.targets.*.health': 'unhealthy' }),
      'error NONE_HEALTHY',
      'lb-1:80: i-1:8080 in cn-hangzhou-j unhealthy',
    ],
    'none registered': [aws({ 'targetGroups.orders.targets': [] }), 'error NONE_HEALTHY', 'no targets'],
    'the health is not known': [() => all('unknown'), 'unknown GROUP_HEALTH_NOT_READ'],
    'health was not read': [
      aws({ 'targetGroups.orders.targets': undefined }),
      'unknown GROUP_HEALTH_NOT_READ',
      { evidence: 'elasticloadbalancing:DescribeTargetHealth' },
    ],
    'groups could not be read': [
      aws(withhold('targetGroups', 'elasticloadbalancing:DescribeTargetGroups')),
      'unknown GROUP_HEALTH_NOT_READ',
      { evidence: 'elasticloadbalancing:DescribeTargetGroups' },
    ],
  });
});

describe('target/healthy, where rules forward', () => {
  const OLD = GROUP.replace('/orders/', '/old/');
  /** A rule for a method, so that the calls of the routes below differ. */
  const rule = (method: string, ...targetGroupIds: string[]) => ({
    id: `rule-${method}-${targetGroupIds.join()}`,
    priority: ['GET', 'POST', 'PUT'].indexOf(method),
    conditions: [{ kind: 'method' as const, values: [method] }],
    actions: [{ kind: 'forward' as const, targetGroupIds }],
  });
  /** A rule that divides its calls between two groups. */
  const weighed = (method: string, healthy: number, old: number) => {
    const weights = [
      { targetGroupId: GROUP, weight: healthy },
      { targetGroupId: OLD, weight: old },
    ];
    const own = rule(method, GROUP, OLD);
    return { ...own, actions: own.actions.map((action) => ({ ...action, weights })) };
  };
  /** A default action, a rule for healthy targets, one for another group, and routes for both. */
  const rules =
    (changes: object = {}, more: (world: World) => void = () => undefined) =>
    (): World =>
      awsWorld((world) => {
        const targets = [{ id: 'i-9', port: 8080, health: 'unhealthy' as const, reason: 'Target.Timeout' }];
        world.copy('targetGroups', GROUP, { id: OLD, name: 'old', targets });
        listener({
          actions: [{ kind: 'fixed-response', statusCode: '404' }],
          rules: [rule('GET', GROUP), rule('POST', OLD)],
          ...changes,
        })(world);
        Object.assign(world.integration, { routes: { 'GET /orders': 'orders', 'POST /orders': 'orders' } });
        more(world);
      });
  checkTable(targetHealthy, {
    'the rule of another team forwards to no healthy target': [
      rules({}, edit({ 'integration.routes': { 'GET /orders': 'orders', 'DELETE /orders': 'orders' } })),
      'pass HEALTHY',
    ],
    'which methods are called is not known': [
      rules({}, edit({ 'integration.routes': { 'ANY /orders': 'orders' } })),
      'unknown FORWARD_MAYBE_DEAD',
      {
        subject: 'target orders, old',
        says: 'cannot determine whether calls of ANY /orders match rule 1 (method POST)',
      },
    ],
    'the rules were not read': [
      rules({ rules: undefined }),
      'unknown HEALTH_NOT_READ',
      { evidence: 'elasticloadbalancing:DescribeRules' },
    ],
    'a rule forwards to no healthy target': [
      rules(),
      'error FORWARD_DEAD',
      {
        subject: 'target orders, old',
        says: [
          'calls of POST /orders that match rule 1 (method POST) of HTTPS 443 of orders-alb reach no',
          'forwards to old',
        ],
        evidence: OLD,
        remedy: 'old',
      },
    ],
    'a rule forwards to unhealthy targets that answer': [
      rules({}, ({ the }) =>
        Object.assign(the('targetGroups', OLD).targets?.[0] ?? {}, { reason: 'Target.ResponseCodeMismatch' }),
      ),
      'warning FORWARD_DEAD',
      {
        subject: 'target orders, old',
        says: 'although the targets of old answer',
        evidence: OLD,
        remedy: 'status code',
      },
    ],
    'which methods are called is not known, and a rule forwards to unhealthy targets that answer': [
      rules({}, ({ the, integration }) => {
        Object.assign(the('targetGroups', OLD).targets?.[0] ?? {}, { reason: 'Target.ResponseCodeMismatch' });
        Object.assign(integration, { routes: { 'ANY /orders': 'orders' } });
      }),
      'unknown warning FORWARD_MAYBE_DEAD',
      { subject: 'target orders, old' },
    ],
    'some targets are unhealthy and answer, those of a rule do not answer': [
      rules(
        {},
        edit({ 'targetGroups.orders.targets.*': { health: 'unhealthy', reason: 'Target.ResponseCodeMismatch' } }),
      ),
      'warning ANSWERING_UNHEALTHY',
      { subject: 'target orders' },
    ],
    'the group of a rule does not exist': [
      rules({}, ({ remove }) => remove('targetGroups', OLD)),
      'error FORWARD_DEAD',
      { subject: 'target orders, old', evidence: OLD },
    ],
    'the health of the group was not read': [
      rules({}, ({ the }) => Object.assign(the('targetGroups', OLD), { targets: undefined })),
      'unknown error FORWARD_NOT_READ',
      { subject: 'target orders, old', evidence: 'elasticloadbalancing:DescribeTargetHealth' },
    ],
    'the group could not be read': [
      rules({}, withhold('targetGroups', 'elasticloadbalancing:DescribeTargetGroups', OLD)),
      'unknown FORWARD_NOT_READ',
      { subject: 'target orders, old', evidence: 'elasticloadbalancing:DescribeTargetGroups' },
    ],
    'both groups are healthy': [
      rules({}, ({ the }) => Object.assign(the('targetGroups', OLD).targets?.[0] ?? {}, { health: 'healthy' })),
      'pass HEALTHY',
      { subject: 'target orders' },
    ],
    'an action forwards to two groups, and the weight of the unhealthy one is not known': [
      rules({ rules: [rule('GET', GROUP, OLD), rule('POST', GROUP)] }),
      'unknown FORWARD_NOT_READ',
      { subject: 'target orders, old' },
    ],
    'an action forwards to two groups, and the unhealthy one has weight 0': [
      rules({ rules: [weighed('GET', 100, 0), rule('POST', GROUP)] }),
      'pass HEALTHY',
    ],
    'an action forwards to two groups, and a tenth of the calls to the unhealthy one': [
      rules({ rules: [weighed('GET', 90, 10), rule('POST', GROUP)] }),
      'error FORWARD_DEAD',
      {
        subject: 'target orders, old',
        says: '10 % of the calls of GET /orders that match rule 0 (method GET)',
        remedy: 'set the weight of old to 0',
      },
    ],
    'the default action forwards nine tenths of the calls to the unhealthy group': [
      rules({ actions: weighed('GET', 10, 90).actions, rules: [] }),
      'error FORWARD_DEAD',
      { subject: 'target orders, old by default', says: '90 % of the calls of GET /orders, POST /orders to HTTPS 443' },
    ],
    'the default action sends no calls to any group': [
      rules({ actions: weighed('GET', 0, 0).actions, rules: [] }),
      'error WEIGHTS_ZERO',
      { subject: 'target orders' },
    ],
    'calls that match no rule reach no healthy target': [
      rules({ actions: [{ kind: 'forward', targetGroupIds: [OLD] }], rules: [rule('GET', GROUP)] }),
      'error FORWARD_DEAD',
      { subject: 'target orders, old by default', says: 'calls of POST /orders that match no rule' },
    ],
    'no target is healthy: one finding': [
      rules({}, edit({ 'targetGroups.orders.targets.*.health': 'unhealthy' })),
      'error NONE_HEALTHY',
      { subject: 'target orders', evidence: [GROUP, OLD] },
    ],
  });

  it('reports a rule without a target that answers beside unhealthy targets that answer', () => {
    const world = rules(
      {},
      edit({ 'targetGroups.orders.targets.*': { health: 'unhealthy', reason: 'Target.ResponseCodeMismatch' } }),
    )();
    expect(outcomesOf(targetHealthy, world).map(({ subject, severity }) => [subject, severity])).toEqual([
      ['target orders', 'warning'],
      ['target orders, old', undefined],
    ]);
  });

  it('is reported once for each group, with passes and without', () => {
    const all = edit({
      'integration.routes': { 'GET /orders': 'orders', 'POST /orders': 'orders', 'PUT /orders': 'orders' },
    });
    const twice = { rules: [rule('GET', GROUP), rule('POST', OLD), rule('PUT', OLD)] };
    for (const passes of [true, false]) {
      const said = outcomesOf(targetHealthy, rules(twice, all)(), passes).map(({ verdict }) => verdict);
      expect(said).toEqual(['pass', 'fail']);
    }
  });
});
