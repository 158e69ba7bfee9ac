import { createContext } from '@postern/core/internal/library';
import { simulate, type SimulationServer } from '@postern/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alibaba } from '../../src/index.js';

const REGION = 'cn-shanghai';
const KEYS = { accessKeyId: 'LTAIEXAMPLE', accessKeySecret: 'secret' };
const simulation = simulate({ seed: 7, verifySignatures: { keys: { [KEYS.accessKeyId]: KEYS.accessKeySecret } } });
let server: SimulationServer;
beforeAll(async () => {
  server = await simulation.listen();
});
afterAll(() => server.close());

describe('the adapter over HTTP', () => {
  it('signs calls with paths, queries and bodies as the service verifies them, in the region of the driver', async () => {
    const client = simulation.alibaba(REGION);
    const vpc = async (action: string, input: object): Promise<any> =>
      (await client.call({ product: 'Vpc', version: '2016-04-28', action, region: REGION }, { ...input })).body;
    const { VpcId } = await vpc('CreateVpc', { CidrBlock: '10.0.0.0/8' });
    const place = { VpcId, ZoneId: 'cn-shanghai-l', CidrBlock: '10.0.1.0/24' };
    const { VSwitchId } = await vpc('CreateVSwitch', place);
    const driver = alibaba({ region: REGION, endpoint: server.url, ...KEYS });
    const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
    const request = {
      name: 'shop',
      owner: { project: 'shop', spec: 'shop-1a2b3c4d', integration: 'main' },
      subnetIds: [VSwitchId as string],
      securityGroupIds: [],
      tags: { 'a b': "c*(d)'~" },
      native: {},
    };
    const link = await driver.links.create('apig-gateway', request, ctx);
    await simulation.advance(150_000);
    const { links, gaps } = await driver.observe({ all: true }, ctx);
    expect(gaps).toEqual([]);
    expect(links.filter(({ kind }) => kind === 'apig-gateway')).toMatchObject([
      { id: link.id, state: 'ready', tags: { 'a b': "c*(d)'~" } },
    ]);
    expect(
      [...(simulation.journal() as readonly { service: string; status: number }[])].filter(
        ({ service, status }) => service === 'apig' && status >= 400,
      ),
    ).toEqual([]);
  });
});
