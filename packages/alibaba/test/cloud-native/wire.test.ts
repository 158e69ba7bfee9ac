import { createContext, simulatorAt } from '@postern/core/internal/library';
import { simulate } from '@postern/simulator';
import { afterAll, expect, it } from 'vitest';
import { alibaba } from '../../src/index.js';
import { REGION } from './apig-account.js';

const simulation = simulate({ seed: 7, clock: 'auto', throttle: false });
const server = simulation.listen();
afterAll(async () => (await server).close());

it('the generic client of the vendor sends operations in the ROA style, signed, with query and body', async () => {
  const { url } = await server;
  const simulator = await simulatorAt(url);
  const driver = alibaba({ region: REGION, simulator });
  const ctx = createContext({ clock: simulator.clock });
  const client = simulation.alibaba(REGION);
  const vpc = async (action: string, input: object) =>
    (await client.call({ product: 'Vpc', version: '2016-04-28', action, region: REGION }, input as never)).body;
  const { VpcId } = await vpc('CreateVpc', { CidrBlock: '10.0.0.0/8' });
  const { VSwitchId } = await vpc('CreateVSwitch', { VpcId, ZoneId: `${REGION}-j`, CidrBlock: '10.0.1.0/24' });
  const owner = { project: 'shop', spec: 'shop', integration: 'main' };
  const made = { name: 'edge', owner, subnetIds: [VSwitchId as string], securityGroupIds: [], tags: { team: 'a b/ü' } };
  const link = await driver.links.create('apig-gateway', made, ctx);
  await simulation.advance(300_000);
  await driver.linkChanges.rename(link, 'edge & more', ctx);
  await driver.linkChanges.untag(link, ['team'], ctx);
  expect(await driver.links.find({ kind: 'apig-gateway', owner }, ctx)).toMatchObject({
    id: link.id,
    name: 'edge & more',
    state: 'ready',
    owner,
    subnetIds: [VSwitchId],
  });
  expect(await driver.links.find({ kind: 'apig-gateway', id: 'gw-none' }, ctx)).toBeUndefined();
});
