import { describe, expect, it } from 'vitest';
import { DRAINED_MS, HEALTHY_MS, newAccount } from './account.js';

type Row = Readonly<Record<string, any>>;

const MINUTE_MS = 60_000;

/** A service whose calls go to `orders` by a rule, or by the default actions. */
async function newShifted(deploymentConfiguration: Row, of: 'rule' | 'default' = 'rule') {
  const account = await newAccount();
  const { elb } = account;
  const [blue, green] = [account.group['TargetGroupArn'], account.targetGroup('green')['TargetGroupArn']];
  const ListenerArn = account.listener['ListenerArn'];
  for (const Priority of [1, 2])
    elb('CreateRule', {
      ListenerArn,
      Priority,
      Conditions: [{ Field: 'path-pattern', Values: [`/${Priority}/*`] }],
      Actions: [{ Type: 'forward', TargetGroupArn: blue }],
    });
  const rules = (): Row[] => elb('DescribeRules', { ListenerArn }).Rules;
  const production = of === 'rule' ? 0 : 2;
  const weightsOf = (at: number): Row =>
    Object.fromEntries(
      rules()[at]?.['Actions'][0].ForwardConfig.TargetGroups.map(({ TargetGroupArn, Weight }: Row) => [
        TargetGroupArn === blue ? 'blue' : 'green',
        Weight,
      ]),
    );
  const advancedConfiguration = {
    alternateTargetGroupArn: green,
    productionListenerRule: rules()[production]?.['RuleArn'],
    testListenerRule: rules()[1]?.['RuleArn'],
    roleArn: 'arn:aws:iam::111122223333:role/shift',
  };
  const loadBalancers = [{ ...account.input()['loadBalancers'][0], advancedConfiguration }];
  account.ecs('CreateService', account.input({ deploymentConfiguration, loadBalancers }));
  const created = weightsOf(production);
  await account.advance(HEALTHY_MS);
  const states = (TargetGroupArn: string): string[] =>
    elb('DescribeTargetHealth', { TargetGroupArn }).TargetHealthDescriptions.map(
      (one: Row) => one['TargetHealth'].State,
    );
  return {
    ...account,
    created,
    loadBalancers,
    RuleArn: advancedConfiguration.productionListenerRule,
    shares: () => weightsOf(production),
    tested: () => weightsOf(1),
    blue: () => states(blue),
    green: () => states(green),
    rollouts: (): string[] => account.describe()['deployments'].map(({ rolloutState }: Row) => rolloutState),
  };
}

const ALL_BLUE = { blue: 100, green: 0 };
const ALL_GREEN = { blue: 0, green: 100 };
const HEALTHY = ['healthy', 'healthy'];
const BLUE_GREEN = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 };

describe('a deployment whose calls are shifted', () => {
  it.each(['rule', 'default'] as const)('takes them at once when its tasks are healthy, and bakes: %s', async (of) => {
    const account = await newShifted(BLUE_GREEN, of);
    expect(account.created).toEqual({ blue: 1, green: 0 });
    expect([account.shares(), account.blue(), account.rollouts()]).toEqual([ALL_BLUE, HEALTHY, ['COMPLETED']]);
    const { loadBalancers } = account;
    expect(account.describe()).toMatchObject({ deploymentConfiguration: BLUE_GREEN, loadBalancers });

    account.update({ forceNewDeployment: true });
    await account.advance(30_000);
    expect([account.shares(), account.tested()]).toEqual([ALL_BLUE, ALL_BLUE]);
    await account.advance(MINUTE_MS);
    expect([account.shares(), account.tested()]).toEqual([ALL_GREEN, ALL_GREEN]);
    // Both serve until the bake time is over.
    expect([account.blue(), account.green()]).toEqual([HEALTHY, HEALTHY]);
    expect(account.rollouts()).toEqual(['IN_PROGRESS', 'COMPLETED']);
    await account.advance(5 * MINUTE_MS);
    expect(account.blue()).toEqual(['draining', 'draining']);
    await account.advance(DRAINED_MS);
    expect([account.blue(), account.green(), account.rollouts()]).toEqual([[], HEALTHY, ['COMPLETED']]);

    // The next one returns to the first group.
    account.update({ forceNewDeployment: true });
    await account.advance(HEALTHY_MS);
    expect([account.shares(), account.blue()]).toEqual([ALL_BLUE, HEALTHY]);
  });

  it.each([
    ['CANARY', { canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 2 } }, [0, 20, 20, 100, 100]],
    ['CANARY', { canaryConfiguration: { canaryPercent: 0.5, canaryBakeTimeInMinutes: 2 } }, [0, 0.5, 0.5, 100, 100]],
    ['LINEAR', { linearConfiguration: { stepPercent: 40, stepBakeTimeInMinutes: 1 } }, [0, 40, 80, 100, 100]],
    ['LINEAR', { linearConfiguration: { stepBakeTimeInMinutes: 0 } }, [0, 100, 100]],
  ])('takes them in steps: %s %j', async (strategy, settings, expected) => {
    const account = await newShifted({ strategy, ...settings });
    account.update({ forceNewDeployment: true });
    await account.advance(30_000);
    const seen: number[] = [];
    for (const _ of expected) {
      const { blue, green } = account.shares();
      seen.push(Number(((100 * green) / (blue + green)).toFixed(1)));
      await account.advance(MINUTE_MS);
    }
    expect(seen).toEqual(expected);
  });

  it('does not look at the weights that the rule has', async () => {
    const account = await newShifted(BLUE_GREEN);
    const { RuleArn } = account;
    const [action] = account.elb('DescribeRules', { RuleArns: [RuleArn] }).Rules[0].Actions;
    const TargetGroups = action.ForwardConfig.TargetGroups.map((one: Row, at: number) => ({ ...one, Weight: at }));
    const Actions = [{ Type: 'forward', ForwardConfig: { TargetGroups } }];
    account.elb('ModifyRule', { RuleArn, Actions });
    account.update({ forceNewDeployment: true });
    await account.advance(30_000);
    expect(account.shares()).toEqual({ blue: 0, green: 1 });
  });

  it('returns them where too many tasks fail, to tasks that have run on', async () => {
    const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true } };
    const account = await newShifted({ ...BLUE_GREEN, ...breaker, bakeTimeInMinutes: 60 });
    account.update({ forceNewDeployment: true });
    await account.advance(HEALTHY_MS);
    expect(account.shares()).toEqual(ALL_GREEN);
    const kept = account.blue();
    for (let at = 0; at < 12 && account.shares()['blue'] !== 100; at += 1) {
      account.sim.backends.add({ service: 'shop/orders', port: 8080, behavior: { status: 404 } });
      await account.advance(2 * MINUTE_MS);
    }
    account.sim.backends.remove();
    await account.advance(DRAINED_MS);
    expect(kept).toEqual(HEALTHY);
    expect([account.shares(), account.green(), account.rollouts()]).toEqual([ALL_BLUE, [], ['COMPLETED']]);
    expect(account.events().some((one) => one.includes('rolling back to (deployment ecs-svc/'))).toBe(true);
  });

  it.each([
    [{ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1441 }, {}, /bakeTimeInMinutes/],
    [{ strategy: 'LINEAR', linearConfiguration: { stepPercent: 2 } }, {}, /stepPercent/],
    [{ strategy: 'CANARY', canaryConfiguration: { canaryPercent: 101 } }, {}, /canaryPercent/],
    [{ strategy: 'GREEN' }, {}, /strategy/],
    [{ strategy: 'LINEAR', canaryConfiguration: {} }, {}, /only valid when the strategy is CANARY/],
    [BLUE_GREEN, { alternateTargetGroupArn: 'arn:none' }, /target group arn:none does not exist/],
    [BLUE_GREEN, { productionListenerRule: 'arn:none' }, /listener rule arn:none does not exist/],
    [BLUE_GREEN, { testListenerRule: 'arn:none' }, /listener rule arn:none does not exist/],
  ])('is refused: %j %j', async (deploymentConfiguration, advancedConfiguration, message) => {
    const account = await newAccount();
    const loadBalancers = account.input()['loadBalancers'].map((one: Row) => ({ ...one, advancedConfiguration }));
    const refusal = account.refusal('CreateService', account.input({ deploymentConfiguration, loadBalancers }));
    expect(refusal?.code).toBe('InvalidParameterException');
    expect(refusal?.message).toMatch(message);
  });
});
