import { describe, it, expect } from 'vitest';
import { targetHealthy } from '../../../../src/check/checks/target/healthy.js';
import { GROUP, LISTENER } from '../aws-region.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { listener } from './listener.js';
import { awsWorld, type World, aws, alibaba } from '../world.js';

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
    awsWorld(({ the }) => {
      for (const one of the('targetGroups', GROUP).targets ?? []) Object.assign(one, { health, reason });
    });
  checkTable(targetHealthy, [
    { why: 'healthy', world: aws(), verdict: 'pass', evidence: [GROUP] },
    { why: 'healthy', world: alibaba(), verdict: 'pass', evidence: ['lb-1:80'] },
    { why: 'health checks are off', world: () => all('unavailable'), verdict: 'pass' },
    {
      why: 'the groups that it forwards to are not known',
      world: aws(({ the }) => void (the('listeners', LISTENER).actions = [{ kind: 'forward' }])),
      verdict: 'unknown',
      code: 'GROUP_HEALTH_NOT_READ',
    },
    {
      why: 'all unhealthy',
      world: () => all('unhealthy', 'Target.Timeout'),
      verdict: 'fail',
      severity: 'error',
      says: ['Target.Timeout', 'i-1:8080', '; orders-alb forwards calls to all of them'],
      evidence: [GROUP],
      remedy: ['orders'],
    },
    {
      why: 'all registered just now: health checks are not completed',
      world: () => all('initial', 'Elb.RegistrationInProgress'),
      verdict: 'fail',
      severity: 'error',
      remedy: ['Wait until the first health checks of orders are completed', 'check again'],
    },
    {
      why: 'all unhealthy, and their group does not allow health checks',
      world: () => {
        const world = all('unhealthy', 'Target.Timeout');
        world.the('securityGroups', 'sg-app').rules = [];
        return world;
      },
      verdict: 'fail',
      says: ['health checks do not reach them: no rule of sg-app allows inbound tcp 8080'],
      evidence: [GROUP, 'sg-app'],
      remedy: ['Add an inbound rule to sg-app: tcp 8080 from sg-lb'],
    },
    {
      why: 'a group for functions without a function',
      world: aws(({ the }) => Object.assign(the('targetGroups', GROUP), { kind: 'lambda', targets: [] })),
      verdict: 'fail',
      says: ['no targets'],
    },
    {
      why: 'no target, because the service that registers targets wants none',
      world: () => registered({ desired: 0 }),
      verdict: 'fail',
      says: ['orders: no targets', '; shop registers them, and its desired count is 0'],
      remedy: ['Set the desired count of shop above 0'],
    },
    {
      why: 'no target, because tasks of the service end',
      world: () => registered({ desired: 2, running: 0, stoppedReason: 'Essential container in task exited' }),
      verdict: 'fail',
      says: ['; shop registers them, and its tasks fail: Essential container in task exited'],
      remedy: ['Correct the cause for which tasks of shop fail: Essential container in task exited.'],
    },
    {
      why: 'no target, because instances of the group that scales do not start',
      world: () => registered({ kind: 'scaling-group', desired: 2, running: 0, stoppedReason: 'No capacity.' }),
      verdict: 'fail',
      says: ['its instances fail: No capacity'],
      remedy: ['instances of shop fail: No capacity.'],
    },
    {
      why: 'no target, and tasks start',
      world: () => registered({ desired: 2, running: 0, pending: 2, deploying: true }),
      verdict: 'unknown',
      says: ['whether the tasks that shop is starting answer'],
      remedy: ['Wait until shop has started its tasks'],
    },
    {
      why: 'its targets are registered just now, and tasks start',
      world: () =>
        registered({ desired: 2, running: 1, pending: 1 }, ({ the }) => {
          the('targetGroups', GROUP).targets = [{ id: '10.0.11.20', port: 8080, health: 'initial' }];
        }),
      verdict: 'unknown',
      code: 'GROUP_HEALTH_NOT_READ',
    },
    {
      why: 'a target that fails its health check, and tasks start',
      world: () =>
        registered({ desired: 2, running: 1, pending: 1 }, ({ the }) => {
          the('targetGroups', GROUP).targets = [{ id: '10.0.11.20', port: 8080, health: 'unhealthy' }];
        }),
      verdict: 'fail',
      code: 'NONE_HEALTHY',
    },
    {
      why: 'no target, tasks start, and why tasks stop was not read',
      world: () =>
        registered({ desired: 2, running: 0, pending: 2 }, ({ region }) => {
          const denied = { operation: 'ListTasks', code: 'PERMISSION_DENIED' } as const;
          region.gaps.push({ what: 'why tasks stop', of: 'registrars', id: 'arn:ecs', ...denied });
        }),
      verdict: 'fail',
      says: ['no targets'],
    },
    {
      why: 'no target, and what registers targets was not read',
      world: () => registered({}, ({ withhold }) => withhold('registrars', 'ecs:ListClusters')),
      verdict: 'fail',
      remedy: ['Register a target in orders'],
    },
    {
      why: 'each target leaves, because tasks fail',
      world: () =>
        registered({ desired: 2, running: 0, stoppedReason: 'OutOfMemoryError' }, ({ the }) => {
          the('targetGroups', GROUP).targets = [{ id: '10.0.11.20', port: 8080, health: 'draining' }];
        }),
      verdict: 'fail',
      says: ['10.0.11.20:8080 draining', 'its tasks fail: OutOfMemoryError'],
    },
    {
      why: 'no target, because the subnets of the service are of another VPC',
      world: () =>
        registered({ desired: 1, running: 0, subnetIds: ['subnet-far'] }, (world) => {
          world.copy('subnets', 'subnet-lb-a', { id: 'subnet-far', networkId: 'vpc-far' });
        }),
      verdict: 'fail',
      says: ['its subnets are in vpc-far, not in vpc-1 of the target group'],
      remedy: ['Give shop subnets in vpc-1, or a target group in vpc-far.'],
    },
    {
      why: 'no target, because the group of tasks does not allow the health checks',
      world: () =>
        registered(
          {
            desired: 1,
            running: 0,
            subnetIds: ['subnet-lb-a'],
            securityGroupIds: ['sg-app'],
            stoppedReason:
              '(service shop) (port 8080) is unhealthy in (target-group orders) due to (reason Request timed out)',
          },
          ({ the }) => Object.assign(the('securityGroups', 'sg-app'), { rules: [] }),
        ),
      verdict: 'fail',
      says: ['health checks do not reach them: ', 'sg-app'],
      remedy: ['sg-app'],
    },
    {
      why: 'all unhealthy, and all answer: calls reach them',
      world: () => all('unhealthy', 'Target.ResponseCodeMismatch'),
      verdict: 'fail',
      code: 'ANSWERING_UNHEALTHY',
      severity: 'warning',
      says: ['orders-alb forwards calls to all of them'],
      evidence: [GROUP],
    },
    {
      why: 'all unhealthy, and one does not answer: which one receives a call is not known',
      world: aws(({ the }) => {
        const reasons = ['Target.ResponseCodeMismatch', 'Target.Timeout'];
        the('targetGroups', GROUP).targets?.forEach((one, at) =>
          Object.assign(one, { health: 'unhealthy', reason: reasons[at] }),
        );
      }),
      verdict: 'fail',
      code: 'NONE_HEALTHY',
      severity: 'error',
    },
    {
      why: 'no target is in use, so that none receives calls',
      world: () => all('unused', 'Target.NotInUse'),
      verdict: 'fail',
      severity: 'error',
      says: ['Target.NotInUse)'],
    },
    {
      why: 'CLB forwards no calls to unhealthy backends',
      world: alibaba(({ the }) =>
        the('targetGroups', 'lb-1:80').targets?.forEach((one) => Object.assign(one, { health: 'unhealthy' })),
      ),
      verdict: 'fail',
      severity: 'error',
      says: ['lb-1:80: i-1:8080 in cn-hangzhou-j unhealthy'],
    },
    {
      why: 'none registered',
      world: aws(({ the }) => Object.assign(the('targetGroups', GROUP), { targets: [] })),
      verdict: 'fail',
      says: ['no targets'],
    },
    { why: 'the health is not known', world: () => all('unknown'), verdict: 'unknown', code: 'GROUP_HEALTH_NOT_READ' },
    {
      why: 'health was not read',
      world: aws(({ the }) => Object.assign(the('targetGroups', GROUP), { targets: undefined })),
      verdict: 'unknown',
      code: 'GROUP_HEALTH_NOT_READ',
      evidence: ['elasticloadbalancing:DescribeTargetHealth'],
    },
    {
      why: 'groups could not be read',
      world: aws(({ withhold }) => withhold('targetGroups', 'elasticloadbalancing:DescribeTargetGroups')),
      verdict: 'unknown',
      code: 'GROUP_HEALTH_NOT_READ',
      evidence: ['elasticloadbalancing:DescribeTargetGroups'],
    },
  ]);
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
  checkTable(targetHealthy, [
    {
      why: 'the rule of another team forwards to no healthy target',
      world: rules({}, ({ integration }) =>
        Object.assign(integration, { routes: { 'GET /orders': 'orders', 'DELETE /orders': 'orders' } }),
      ),
      verdict: 'pass',
    },
    {
      why: 'which methods are called is not known',
      world: rules({}, ({ integration }) => Object.assign(integration, { routes: { 'ANY /orders': 'orders' } })),
      verdict: 'unknown',
      code: 'FORWARD_MAYBE_DEAD',
      subject: 'target orders, old',
      says: ['cannot determine whether calls of ANY /orders match rule 1 (method POST)'],
    },
    {
      why: 'the rules were not read',
      world: rules({ rules: undefined }),
      verdict: 'unknown',
      code: 'HEALTH_NOT_READ',
      evidence: ['elasticloadbalancing:DescribeRules'],
    },
    {
      why: 'a rule forwards to no healthy target',
      world: rules(),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders, old',
      says: [
        'calls of POST /orders that match rule 1 (method POST) of HTTPS 443 of orders-alb reach no',
        'forwards to old',
      ],
      evidence: [OLD],
      remedy: ['old'],
    },
    {
      why: 'a rule forwards to unhealthy targets that answer',
      world: rules({}, ({ the }) =>
        Object.assign(the('targetGroups', OLD).targets?.[0] ?? {}, { reason: 'Target.ResponseCodeMismatch' }),
      ),
      verdict: 'fail',
      severity: 'warning',
      subject: 'target orders, old',
      says: ['although the targets of old answer'],
      evidence: [OLD],
      remedy: ['status code'],
    },
    {
      why: 'which methods are called is not known, and a rule forwards to unhealthy targets that answer',
      world: rules({}, ({ the, integration }) => {
        Object.assign(the('targetGroups', OLD).targets?.[0] ?? {}, { reason: 'Target.ResponseCodeMismatch' });
        Object.assign(integration, { routes: { 'ANY /orders': 'orders' } });
      }),
      verdict: 'unknown',
      code: 'FORWARD_MAYBE_DEAD',
      severity: 'warning',
      subject: 'target orders, old',
    },
    {
      why: 'some targets are unhealthy and answer, those of a rule do not answer',
      world: rules({}, ({ the }) =>
        the('targetGroups', GROUP).targets?.forEach((one) =>
          Object.assign(one, { health: 'unhealthy', reason: 'Target.ResponseCodeMismatch' }),
        ),
      ),
      verdict: 'fail',
      code: 'ANSWERING_UNHEALTHY',
      severity: 'warning',
      subject: 'target orders',
    },
    {
      why: 'the group of a rule does not exist',
      world: rules({}, ({ remove }) => remove('targetGroups', OLD)),
      verdict: 'fail',
      code: 'FORWARD_DEAD',
      subject: 'target orders, old',
      evidence: [OLD],
    },
    {
      why: 'the health of the group was not read',
      world: rules({}, ({ the }) => Object.assign(the('targetGroups', OLD), { targets: undefined })),
      verdict: 'unknown',
      code: 'FORWARD_NOT_READ',
      severity: 'error',
      subject: 'target orders, old',
      evidence: ['elasticloadbalancing:DescribeTargetHealth'],
    },
    {
      why: 'the group could not be read',
      world: rules({}, ({ withhold }) => withhold('targetGroups', 'elasticloadbalancing:DescribeTargetGroups', OLD)),
      verdict: 'unknown',
      code: 'FORWARD_NOT_READ',
      subject: 'target orders, old',
      evidence: ['elasticloadbalancing:DescribeTargetGroups'],
    },
    {
      why: 'both groups are healthy',
      world: rules({}, ({ the }) => Object.assign(the('targetGroups', OLD).targets?.[0] ?? {}, { health: 'healthy' })),
      verdict: 'pass',
      subject: 'target orders',
    },
    {
      why: 'an action forwards to two groups, and the weight of the unhealthy one is not known',
      world: rules({ rules: [rule('GET', GROUP, OLD), rule('POST', GROUP)] }),
      verdict: 'unknown',
      code: 'FORWARD_NOT_READ',
      subject: 'target orders, old',
    },
    {
      why: 'an action forwards to two groups, and the unhealthy one has weight 0',
      world: rules({ rules: [weighed('GET', 100, 0), rule('POST', GROUP)] }),
      verdict: 'pass',
    },
    {
      why: 'an action forwards to two groups, and a tenth of the calls to the unhealthy one',
      world: rules({ rules: [weighed('GET', 90, 10), rule('POST', GROUP)] }),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders, old',
      says: ['10 % of the calls of GET /orders that match rule 0 (method GET)'],
      remedy: ['set the weight of old to 0'],
    },
    {
      why: 'the default action forwards nine tenths of the calls to the unhealthy group',
      world: rules({ actions: weighed('GET', 10, 90).actions, rules: [] }),
      verdict: 'fail',
      subject: 'target orders, old by default',
      says: ['90 % of the calls of GET /orders, POST /orders to HTTPS 443'],
    },
    {
      why: 'the default action sends no calls to any group',
      world: rules({ actions: weighed('GET', 0, 0).actions, rules: [] }),
      verdict: 'fail',
      code: 'WEIGHTS_ZERO',
      subject: 'target orders',
    },
    {
      why: 'calls that match no rule reach no healthy target',
      world: rules({
        actions: [{ kind: 'forward', targetGroupIds: [OLD] }],
        rules: [rule('GET', GROUP)],
      }),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders, old by default',
      says: ['calls of POST /orders that match no rule'],
    },
    {
      why: 'no target is healthy: one finding',
      world: rules({}, ({ the }) =>
        the('targetGroups', GROUP).targets?.forEach((one) => Object.assign(one, { health: 'unhealthy' })),
      ),
      verdict: 'fail',
      code: 'NONE_HEALTHY',
      subject: 'target orders',
      evidence: [GROUP, OLD],
    },
  ]);

  it('reports a rule without a target that answers beside unhealthy targets that answer', () => {
    const world = rules({}, ({ the }) =>
      the('targetGroups', GROUP).targets?.forEach((one) =>
        Object.assign(one, { health: 'unhealthy', reason: 'Target.ResponseCodeMismatch' }),
      ),
    )();
    expect(outcomesOf(targetHealthy, world).map(({ subject, severity }) => [subject, severity])).toEqual([
      ['target orders', 'warning'],
      ['target orders, old', undefined],
    ]);
  });

  it('is reported once for each group, with passes and without', () => {
    const all = ({ integration }: World) => {
      const routes = { 'GET /orders': 'orders', 'POST /orders': 'orders', 'PUT /orders': 'orders' };
      Object.assign(integration, { routes });
    };
    const twice = { rules: [rule('GET', GROUP), rule('POST', OLD), rule('PUT', OLD)] };
    for (const passes of [true, false]) {
      const said = outcomesOf(targetHealthy, rules(twice, all)(), passes).map(({ verdict }) => verdict);
      expect(said).toEqual(['pass', 'fail']);
    }
  });
});
