import { describe, expect, it } from 'vitest';
import { simulate, type SavedWorld } from '../../../src/internal/simulation.js';
import { REGION, richWorld } from './rich-world.js';

type Call = (input: object) => Promise<Record<string, unknown>>;

const EC2 = [
  'describeVpcPeeringConnections',
  'describeTransitGateways',
  'describeTransitGatewayAttachments',
  'describeTransitGatewayRouteTables',
  'describeVpnGateways',
  'describeCustomerGateways',
  'describeVpnConnections',
  'describeRouteTables',
];
const DIRECT_CONNECT = ['describeVirtualInterfaces'];

describe('networks that are connected', () => {
  it('are the same in a world that was saved and loaded', async () => {
    const { sim } = await richWorld();
    const copy = simulate({ throttle: false });
    copy.load(JSON.parse(JSON.stringify(sim.world())));
    const ask = async (of: typeof sim) => {
      const { ec2, directConnect } = of.clients(REGION);
      const calls = [
        ...EC2.map((name) => (ec2 as unknown as Record<string, Call>)[name]),
        ...DIRECT_CONNECT.map((name) => (directConnect as unknown as Record<string, Call>)[name]),
      ];
      const answers = await Promise.all(calls.map((call) => call?.({})));
      return answers.map((answer) => ({ ...answer, $metadata: undefined }));
    };
    expect(await ask(copy)).toEqual(await ask(sim));
  });

  it('may be missing from a world that an older version saved', async () => {
    const sim = simulate({ throttle: false });
    await sim.clients(REGION).ec2.describeVpcs({});
    const saved = JSON.parse(JSON.stringify(sim.world())) as SavedWorld;
    const forget = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const key of Object.keys(node)) {
        if (/^(transitGateway|vpn|customerGateway|directConnect)/.test(key))
          delete (node as Record<string, unknown>)[key];
      }
      Object.values(node).forEach(forget);
    };
    forget(saved);
    expect(JSON.stringify(saved)).not.toContain('transitGateways');
    sim.load(saved);
    const { ec2, directConnect } = sim.clients(REGION);
    expect((await ec2.createTransitGateway({})).TransitGateway?.State).toBe('pending');
    expect((await directConnect.describeVirtualInterfaces({})).virtualInterfaces).toEqual([]);
  });
});
