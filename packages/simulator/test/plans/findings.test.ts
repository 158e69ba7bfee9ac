import { memoryJournal, PrivateIntegrations, type Journal, type RunEvent } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { diff } from '@postern/core/internal/plan';
import { causesOf } from '@postern/core/internal/report';
import { describe, expect, it } from 'vitest';
import { PROVE, sample } from '../../../core/test/runs.js';
import * as alibabaAccount from '../checks/alibaba/account.js';
import { closeGroup } from '../checks/alibaba/ways.js';
import * as awsAccount from '../checks/aws/account.js';
import { beforeTheOther, tcp } from '../checks/aws/moves.js';
import type { Stage } from '../checks/show.js';
import { CLOUDS } from '../../../core/test/clouds.js';

/** A private integration that works, on one cloud. */
interface Account {
  readonly stage: Stage;
  readonly gate: (journal?: Journal) => PrivateIntegrations;
  /** Closes the security group of the backend. */
  readonly close: () => unknown;
  /** One more route of the same integration. */
  readonly addRoute: () => void;
  /** A permission for reads that only checks need. */
  readonly onlyForChecks: { readonly service: string; readonly operation: string };
}

async function onAws(): Promise<Account & { readonly stage: awsAccount.AwsStage }> {
  const stage = awsAccount.awsStage(await awsAccount.awsScene());
  const { simulation, parts } = stage;
  const driver = awsAccount.driverOf(simulation, awsAccount.REGION);
  return {
    stage,
    gate: (journal) => new PrivateIntegrations(driver, { judge, project: 'shop', clock: simulation.clock, journal }),
    close: () => stage.refuse(parts.groups.balancer, tcp(443, { UserIdGroupPairs: [{ GroupId: parts.groups.link }] })),
    addRoute: () => stage.write("'ANY /orders': orders", "'ANY /orders': orders, 'GET /more': orders"),
    onlyForChecks: { service: 'ec2', operation: 'DescribeNetworkAcls' },
  };
}

async function onAlibaba(): Promise<Account> {
  const stage = alibabaAccount.alibabaStage(await alibabaAccount.alibabaScene());
  const { simulation } = stage;
  const driver = alibabaAccount.driverOf(simulation, alibabaAccount.REGION);
  await stage.apply(); // the scene ends with a change by hand
  return {
    stage,
    gate: (journal) => new PrivateIntegrations(driver, { judge, project: 'shop', clock: simulation.clock, journal }),
    close: () => closeGroup(stage),
    addRoute: () => stage.write("'ANY /orders': orders", "'ANY /orders': orders, 'GET /more': orders"),
    onlyForChecks: { service: 'slb', operation: 'DescribeLoadBalancerListeners' },
  };
}

/** What no plan reads. */
const ONLY_FOR_CHECKS =
  /NetworkAcl|Peering|TransitGateway|VpnGateway|PrefixList|NetworkInterfaces|Health|ServiceQuotas|ServiceLinkedRole/;

const READS = /^(?:Get|Describe|List|Export|Query)/;

/** The operations that `work` calls, in alphabetical order. */
async function callsOf({ simulation }: Stage, work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = simulation.journal().length;
  await work();
  const made = simulation.journal().slice(before);
  return made.map(({ service, operation }) => `${service} ${operation}`).toSorted();
}

const writesOf = async (stage: Stage, work: () => Promise<unknown>): Promise<readonly string[]> =>
  (await callsOf(stage, work)).filter((call) => !READS.test(call.split(' ')[1] ?? ''));

async function run(events: AsyncIterable<RunEvent>): Promise<readonly RunEvent[]> {
  const seen: RunEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

describe.each(
  sample(
    [
      ['AWS', onAws],
      ['Alibaba Cloud', onAlibaba],
    ],
    2,
  ),
)('findings of plan and apply, on the simulated %s', (_, open) => {
  it('a closed group stops apply before its first write, and ignoring it goes on', async () => {
    const { stage, gate, close, addRoute } = await open();
    await close();
    addRoute();
    const spec = stage.parsed();
    const journal = memoryJournal();
    const plan = await gate().plan(spec);
    const [closed] = (plan.findings ?? []).filter(({ check }) => check === 'path/security-group');
    expect(closed).toMatchObject({ verdict: 'fail', severity: 'error', integration: 'orders' });
    expect(closed).not.toHaveProperty('mended');

    const writes = await writesOf(stage, () =>
      expect(run(gate(journal).apply(plan))).rejects.toMatchObject({
        code: 'FINDINGS_FAILED',
        remedy: expect.stringContaining(`--ignore-findings '`),
        details: { findings: expect.arrayContaining([expect.objectContaining({ code: closed?.code })]) },
      }),
    );
    expect(writes).toEqual([]);
    expect(await journal.read()).toEqual([]);

    // A cause is ignored under each of its names, and only under these.
    const causes = causesOf(plan.findings ?? [], spec);
    const own = causes.find(({ findings }) => findings.some(({ check }) => check === closed?.check));
    expect(own?.checks).toEqual(['egress/admitted', 'path/security-group']);
    const others = causes.filter((one) => one !== own).map(({ ignore }) => ignore);
    await expect(run(gate().apply(plan, { ignoreFindings: others }))).rejects.toMatchObject({
      code: 'FINDINGS_FAILED',
    });
    const events = await run(gate(journal).apply(plan, { ignoreFindings: [...others, 'path/security-group'] }));
    expect(events[0]).toMatchObject({
      type: 'run.started',
      findings: expect.arrayContaining([expect.objectContaining({ check: 'path/security-group', ignored: true })]),
    });
    expect(events.at(-1)).toMatchObject({ type: 'run.done', failed: 0 });
    const [begun] = await journal.read();
    expect(begun?.value).toMatchObject({
      ignored: expect.arrayContaining([{ check: closed?.check, code: closed?.code, subject: closed?.subject }]),
    });
  });

  it.runIf(PROVE)('an error about what does not change does not stop', async () => {
    const { stage, gate, close } = await open();
    await close();
    stage.write('    securityGroups:', '    tags: { team: a }\n    securityGroups:');
    const plan = await gate().plan(stage.parsed());
    expect(plan.units.flatMap(({ steps }) => steps.map(({ kind }) => kind))).toEqual(['tag']);
    expect(plan.findings).toEqual([]);
    expect((await run(gate().apply(plan))).at(-1)).toMatchObject({ type: 'run.done', applied: 1, failed: 0 });
  });

  it('a plan that changes calls makes those of a check, each once', async () => {
    const { stage, gate, addRoute } = await open();
    addRoute();
    const spec = stage.parsed();
    await gate().check(spec); // the account is read once
    const checked = await callsOf(stage, () => gate().check(spec));
    expect(await callsOf(stage, () => gate().plan(spec))).toEqual(checked);
    expect(checked.length).toBeGreaterThan(10);
  });

  it.runIf(PROVE)(
    'a plan without changes, or of a tag alone, makes fewer, and its steps are those of a plan from all facts',
    async () => {
      const { stage, gate, addRoute } = await open();
      addRoute();
      await run(gate().apply(await gate().plan(stage.parsed())));
      const checked = await callsOf(stage, () => gate().check(stage.parsed()));
      const unchanged = await callsOf(stage, () => gate().plan(stage.parsed()));
      expect(unchanged.filter((call) => ONLY_FOR_CHECKS.test(call))).toEqual([]);
      expect(checked.filter((call) => ONLY_FOR_CHECKS.test(call)).length).toBeGreaterThan(2);
      expect(unchanged.length).toBeLessThan(checked.length);
      stage.write('    securityGroups:', '    tags: { team: a }\n    securityGroups:');
      const forTags = await callsOf(stage, () => gate().plan(stage.parsed()));
      expect(forTags.filter((call) => ONLY_FOR_CHECKS.test(call))).toEqual([]);
      const tagged = await gate().plan(stage.parsed());
      const snapshot = await gate().observe({ checks: true });
      expect(diff(snapshot, stage.parsed(), { clouds: CLOUDS })).toMatchObject({
        fingerprint: tagged.fingerprint,
        units: tagged.units,
      });
    },
  );

  it.runIf(PROVE)('what cannot be determined does not stop', async () => {
    const { stage, gate, addRoute, onlyForChecks } = await open();
    addRoute();
    stage.simulation.faults.add({ ...onlyForChecks, kind: 'deny' });
    const plan = await gate().plan(stage.parsed());
    expect(plan.findings).toContainEqual(expect.objectContaining({ verdict: 'unknown', severity: 'error' }));
    expect((await run(gate().apply(plan))).at(-1)).toMatchObject({ type: 'run.done', failed: 0 });
  });

  it('destroy is not stopped', async () => {
    const { stage, gate, close } = await open();
    await close();
    expect((await run(gate().destroy(stage.parsed(), { deleteInstances: true }))).at(-1)).toMatchObject({ failed: 0 });
  });

  it('an unknown check is refused before any call', async () => {
    const { stage, gate } = await open();
    const calls = await callsOf(stage, () =>
      expect(gate().plan(stage.parsed(), { ignoreFindings: ['path/rout'] })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        remedy: 'Did you mean path/route?',
      }),
    );
    expect(calls).toEqual([]);
  });
});

describe('a new route to an application load balancer behind a network load balancer, on the simulated AWS', () => {
  it.each([
    ['without tls', '', false],
    ['with tls', 'tls: { serverName: orders.shop.example.com }', true],
  ])('%s, where the inner listener is for HTTPS', async (_, tls, isApplied) => {
    const { stage, gate } = await onAws();
    await beforeTheOther(stage);
    const target = `behind:\n        listener: { loadBalancer: orders-nlb, port: 443 }\n        ${tls}`;
    // The target of the route that exists stays; the new one leads through the network load balancer.
    stage.write(
      'listener: { loadBalancer: orders-nlb, port: 443 }',
      'listener: { loadBalancer: orders-alb, port: 443 }',
    );
    stage.write('    routes: {', `      ${target.trimEnd()}\n    routes: {`);
    stage.write("'ANY /orders': orders", "'ANY /orders': orders, 'GET /more': behind");
    const plan = await gate().plan(stage.parsed());
    const found = (plan.findings ?? []).filter(({ check }) => check === 'target/protocol');
    if (isApplied) {
      expect(found).toEqual([]);
      const writes = await writesOf(stage, () => run(gate().apply(plan)));
      expect(writes).toContain('apigatewayv2 CreateRoute');
      return;
    }
    expect(found).toMatchObject([{ verdict: 'fail', severity: 'error', code: 'PROTOCOL_UNFIT' }]);
    const writes = await writesOf(stage, () =>
      expect(run(gate().apply(plan))).rejects.toMatchObject({
        code: 'FINDINGS_FAILED',
        details: { findings: expect.arrayContaining([expect.objectContaining({ check: 'target/protocol' })]) },
      }),
    );
    expect(writes).toEqual([]);
  });
});
