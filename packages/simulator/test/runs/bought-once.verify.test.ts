import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { alibaba } from '@postern/alibaba';
import { createContext, driversOf, PrivateIntegrations } from '@postern/core/internal/library';
import { check } from '@postern/core/internal/check';
import { observeSpec } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { AB, integration, link, ORDERS, spec } from '../../../testing/test/harness/scenarios/alibaba/lines.js';
import { alibabaShop, REGION } from '../../../testing/test/harness/scenarios/alibaba/shop.js';
import { machine } from './machine.js';
import { SeededRandom } from '../../src/simulation/time/seeded-random.js';

const MINUTE = 60_000;

async function shopOf(seed: number) {
  const simulation = simulate({ seed, throttle: false, clock: 'auto' });
  const shop = await alibabaShop(simulation);
  const random = new SeededRandom(seed, 9);
  const request = {
    name: 'cn',
    subnets: [shop.subnets[0] ?? '', shop.subnets[1] ?? ''],
    securityGroups: [shop.securityGroup],
    native: { spec: 'api.s1.small' },
  };
  /** A program on a machine of its own. */
  const program = (signal?: AbortSignal) => {
    const { clock, alibaba: clientOf } = machine(simulation, { random: () => random.next() });
    const driver = alibaba({ region: REGION, api: clientOf(REGION) });
    const gate = new PrivateIntegrations(driver, {
      project: 'shop',
      spec: 'shop-7f3k2q',
      clock,
      random: () => random.next(),
      ...(signal && { signal }),
    });
    return {
      gate,
      ensure: (onNote?: (note: string) => void) => gate.ensureLink(request, { allowPurchase: true, onNote }),
    };
  };
  const instances = (): readonly string[] =>
    (
      simulation.callAlibaba({ product: 'CloudAPI', action: 'DescribeInstances', region: REGION }, {}) as any
    ).Instances.InstanceAttribute.filter((one: any) => one.InstanceType === 'VPC_DEDICATED').map(
      (one: any) => one.InstanceId,
    );
  const call = (action: string, input: Readonly<Record<string, unknown>>): any =>
    simulation.callAlibaba({ product: 'CloudAPI', action, region: REGION }, input);
  return { simulation, shop, program, instances, call };
}

describe('an instance', () => {
  it.each([1, 2, 3, 4, 5, 6])('is bought once by two programs, one of which is aborted (seed %d)', async (seed) => {
    const { program, instances, simulation } = await shopOf(seed);
    const stop = new AbortController();
    const [first, second] = [program(), program(stop.signal)];
    const running = Promise.allSettled([first.ensure(), second.ensure()]);
    const bought = (): boolean => simulation.journal().some(({ operation }) => operation === 'CreateInstance');
    while (!bought()) await simulation.clock.sleep(1_000);
    await simulation.clock.sleep(2 * MINUTE);
    stop.abort();
    await running;
    expect(instances()).toHaveLength(1);
    expect((await program().ensure()).id).toBe(instances()[0]);
    expect(instances()).toHaveLength(1);
  });

  it('is the same for both, where both go on', async () => {
    const { program, instances } = await shopOf(7);
    const [one, other] = await Promise.all([program().ensure(), program().ensure()]);
    expect(instances()).toEqual([one.id]);
    expect(other.id).toBe(one.id);
  });

  it('is bought again at once where the one that was bought a moment ago was released', async () => {
    const { program, instances, call, simulation } = await shopOf(8);
    for (let turn = 0; turn < 7; turn += 1) {
      const { id } = await program().ensure();
      expect(instances()).toEqual([id]);
      call('DeleteInstance', { InstanceId: id });
      while (instances().length > 0) await simulation.clock.sleep(10_000);
    }
  });

  it('that was bought twice all the same is named by ensureLink, plan and check', async () => {
    const { program, instances, call, shop, simulation } = await shopOf(9);
    const { id } = await program().ensure();
    const [row] = call('DescribeInstances', { InstanceId: id }).Instances.InstanceAttribute;
    const tags = call('ListTagResources', { ResourceType: 'instance', ResourceId: [id] }).TagResources.TagResource.map(
      ({ TagKey, TagValue }: any) => ({ Key: TagKey, Value: TagValue }),
    );
    const input = simulation.journal().length > 0 ? row : undefined;
    expect(input).toBeDefined();
    const { InstanceId: spare } = call('CreateInstance', {
      InstanceName: 'cn',
      InstanceType: 'vpc_connect',
      InstanceSpec: 'api.s1.small',
      ChargeType: 'PostPaid',
      HttpsPolicy: 'HTTPS2_TLS1_2',
      InstanceCidr: row.InstanceCidrBlock ?? '192.168.0.0/16',
      UserVpcId: row.ConnectVpcId,
      ZoneVSwitchSecurityGroup: row.NetworkInterfaceAttributes.NetworkInterfaceAttribute.map((one: any) => ({
        ZoneId: one.ZoneId,
        VSwitchId: one.VswitchId,
        CidrBlock: one.CidrBlock,
        SecurityGroupId: one.SecurityGroupId,
      })),
      Tag: tags,
      Token: 'by-hand',
    });
    await simulation.advance(20 * MINUTE);
    expect(instances()).toHaveLength(2);
    const notes: string[] = [];
    const { gate, ensure } = program();
    expect((await ensure((note) => notes.push(note))).id).toBe(id);
    expect(notes).toEqual([expect.stringContaining(`link ${spare} (cn) is kept: another run created it, too`)]);
    const wanted = parseSpec(spec([link('cn', AB)], [integration('orders', 'cn', ORDERS)])(shop));
    const context = createContext({ clock: simulation.clock, random: () => 0.5 });
    const snapshot = await observeSpec(wanted, driversOf(gate.driver), context, { all: true, checks: true });
    expect(check(snapshot, wanted, { clouds: CLOUDS }).findings).toContainEqual(
      expect.objectContaining({
        check: 'link/spare',
        verdict: 'fail',
        code: 'SPARE',
        params: { linkId: id, name: 'cn', id: spare },
      }),
    );
  });
});
