import { describe, expect, it } from 'vitest';
import { DRAINED_MS, HEALTHY_MS, newAccount } from './account.js';

type Row = Readonly<Record<string, any>>;

const MINUTE_MS = 60_000;

/** A service whose calls go to `orders` by a rule, or by the default actions. */
async function newShifted(deploymentConfiguration: Row, of: 'rule' | 'default' = 'rule', more: Row = {}) {
  const account = await newAccount();
  const [blue, green] = [account.group['TargetGroupArn'], account.targetGroup('green')['TargetGroupArn']];
  const ListenerArn = account.listener['ListenerArn'];
  const forward = (TargetGroupArn: string): Row => ({ Actions: [{ Type: 'forward', TargetGroupArn }] });
  const rule = (Priority: number, input: Row): string =>
    account.elb('CreateRule', {
      ListenerArn,
      Priority,
      Conditions: [{ Field: 'path-pattern', Values: [`/${Priority}/*`] }],
      ...input,
    }).Rules[0].RuleArn;
  const rules = (): Row[] => account.elb('DescribeRules', { ListenerArn }).Rules;
  const productionListenerRule =
    of === 'rule' ? rule(1, forward(blue)) : rules().find(({ IsDefault }) => IsDefault)?.['RuleArn'];
  const testListenerRule = rule(2, forward(blue));
  const sharesOf = (arn: string): Row =>
    Object.fromEntries(
      rules()
        .find(({ RuleArn }) => RuleArn === arn)
        ?.['Actions'][0].ForwardConfig.TargetGroups.map((one: Row) => [
          one['TargetGroupArn'] === blue ? 'blue' : 'green',
          one['Weight'],
        ]),
    );
  const advancedConfiguration = {
    alternateTargetGroupArn: green,
    productionListenerRule,
    testListenerRule,
    roleArn: 'arn:aws:iam::111122223333:role/shift',
  };
  const loadBalancers = [{ targetGroupArn: blue, containerName: 'web', containerPort: 8080, advancedConfiguration }];
  account.ecs('CreateService', account.input({ deploymentConfiguration, loadBalancers, ...more }));
  const created = sharesOf(productionListenerRule);
  await account.advance(HEALTHY_MS);
  const states = (TargetGroupArn: string): string[] =>
    account
      .elb('DescribeTargetHealth', { TargetGroupArn })
      .TargetHealthDescriptions.map(({ TargetHealth }: Row) => TargetHealth.State);
  return {
    ...account,
    created,
    loadBalancers,
    productionListenerRule,
    shares: () => sharesOf(productionListenerRule),
    tested: () => sharesOf(testListenerRule),
    blue: () => states(blue),
    green: () => states(green),
    rollouts: (): string[] => account.describe()['deployments'].map(({ rolloutState }: Row) => rolloutState),
    /** The shares of the new group, minute by minute. */
    async course(minutes: number): Promise<number[]> {
      const seen: number[] = [];
      for (let at = 0; at <= minutes; at += 1) {
        const { blue = 0, green = 0 } = sharesOf(productionListenerRule);
        seen.push((100 * green) / (blue + green));
        await account.advance(MINUTE_MS);
      }
      return seen;
    },
  };
}

const BLUE_GREEN = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 };

describe('a deployment whose calls are shifted', () => {
  it.each(['rule', 'default'] as const)('takes them at once when its tasks are healthy, and bakes: %s', async (of) => {
    const account = await newShifted(BLUE_GREEN, of);
    expect(account.created).toEqual({ blue: 1, green: 0 });
    expect([account.shares(), account.blue(), account.rollouts()]).toEqual([{ blue: 100, green: 0 }, ['healthy', 'healthy'], ['COMPLETED']]); // prettier-ignore
    expect(account.describe()).toMatchObject({
      deploymentConfiguration: BLUE_GREEN,
      loadBalancers: account.loadBalancers,
    });

    account.update({ forceNewDeployment: true });
    await account.advance(30_000);
    expect([account.shares(), account.tested()]).toEqual([
      { blue: 100, green: 0 },
      { blue: 100, green: 0 },
    ]);
    await account.advance(MINUTE_MS);
    expect([account.shares(), account.tested()]).toEqual([
      { blue: 0, green: 100 },
      { blue: 0, green: 100 },
    ]);
    // Both serve until the bake time is over.
    expect([account.blue(), account.green()]).toEqual([
      ['healthy', 'healthy'],
      ['healthy', 'healthy'],
    ]);
    expect(account.rollouts()).toEqual(['IN_PROGRESS', 'COMPLETED']);
    await account.advance(5 * MINUTE_MS);
    expect(account.blue()).toEqual(['draining', 'draining']);
    await account.advance(DRAINED_MS);
    expect([account.blue(), account.green(), account.rollouts()]).toEqual([[], ['healthy', 'healthy'], ['COMPLETED']]);

    // The next one returns to the first group.
    account.update({ forceNewDeployment: true });
    await account.advance(HEALTHY_MS);
    expect([account.shares(), account.blue()]).toEqual([{ blue: 100, green: 0 }, ['healthy', 'healthy']]);
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
    const seen = await account.course(expected.length - 1);
    expect(seen.map((one) => Number(one.toFixed(1)))).toEqual(expected);
  });

  it('does not look at the weights that the rule has', async () => {
    const account = await newShifted(BLUE_GREEN);
    const [action] = account.elb('DescribeRules', { RuleArns: [account.productionListenerRule] }).Rules[0].Actions;
    const TargetGroups = action.ForwardConfig.TargetGroups.map((one: Row, at: number) => ({ ...one, Weight: at }));
    const Actions = [{ Type: 'forward', ForwardConfig: { TargetGroups } }];
    account.elb('ModifyRule', { RuleArn: account.productionListenerRule, Actions });
    account.update({ forceNewDeployment: true });
    await account.advance(30_000);
    expect(account.shares()).toEqual({ blue: 0, green: 1 });
  });

  it('returns them where too many tasks fail, to tasks that have run on', async () => {
    const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true } };
    const account = await newShifted({ ...BLUE_GREEN, ...breaker, bakeTimeInMinutes: 60 });
    account.update({ forceNewDeployment: true });
    await account.advance(HEALTHY_MS);
    expect(account.shares()).toEqual({ blue: 0, green: 100 });
    const kept = account.blue();
    for (let at = 0; at < 12 && account.shares()['blue'] !== 100; at += 1) {
      account.sim.backends.add({ service: 'shop/orders', port: 8080, behavior: { status: 404 } });
      await account.advance(2 * MINUTE_MS);
    }
    account.sim.backends.remove();
    await account.advance(DRAINED_MS);
    expect(kept).toEqual(['healthy', 'healthy']);
    expect([account.shares(), account.green(), account.rollouts()]).toEqual([
      { blue: 100, green: 0 },
      [],
      ['COMPLETED'],
    ]);
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
