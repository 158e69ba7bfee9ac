import { createContext, PrivateIntegrations } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { apigShop } from '../../../simulator/test/traffic/alibaba/apig/apig-shop.js';
import { alibaba } from '../../src/index.js';
import { REGION } from './apig-account.js';

/** Programs that make sure of one service of a gateway, each a process of its own. */
async function scene() {
  const { sim, gatewayId, get, del } = await apigShop();
  const link = { kind: 'apig-gateway', id: gatewayId } as const;
  const program = (hidden = 'none') => {
    const context = createContext({ clock: sim.clock, random: () => 0.5 });
    const client = sim.alibaba(REGION);
    const call: typeof client.call = async (params, ...rest) => {
      const answer: any = await client.call(params, ...rest);
      if (params.action === 'ListServices')
        answer.body.data.items = answer.body.data.items.filter(({ name }: any) => !name.startsWith(hidden));
      return answer;
    };
    const driver = alibaba({ region: REGION, api: { ...client, call } });
    const gate = new PrivateIntegrations(driver, { ...context, project: 'shop', spec: 'shop-1' });
    return () => gate.ensureTarget(link, { name: 't', address: '10.0.1.200', port: 80 });
  };
  const services = async (): Promise<readonly string[]> =>
    (await get(`/v1/services?gatewayId=${gatewayId}&pageSize=100`))['data'].items
      .filter(({ name }: { name: string }) => name.startsWith('postern'))
      .map(({ serviceId }: { serviceId: string }) => `${serviceId}:80`);
  const remove = async (id: string): Promise<void> => {
    await del(`/v1/services/${id.replace(/:80$/, '')}`);
    await sim.advance(60_000);
  };
  return { sim, program, services, remove };
}

describe('the token of a service', () => {
  it('is another one after the service was deleted, in this process and in the next one', async () => {
    const { program, services, remove } = await scene();
    const ensure = program();
    for (const next of [ensure, ensure, program(), program(), ensure]) {
      const { id } = await next();
      expect(await services()).toEqual([id]);
      await remove(id);
    }
  });

  it('is the same where the answer was lost, and in another process at the same time', async () => {
    const { sim, program, services } = await scene();
    sim.faults.add({ service: 'apig', operation: 'CreateService', kind: 'lost', times: 1 });
    const [one, other] = await Promise.all([program()(), program()()]);
    expect(await services()).toEqual([one.id]);
    expect(other.id).toBe(one.id);
  });

  it('that is answered with what no read shows leaves the outcome unknown, and nothing twice', async () => {
    const { sim, program, services } = await scene();
    sim.faults.add({ operation: 'GetService', kind: 'error', status: 404, code: 'NotFound.ServiceNotFound' });
    await expect(program('postern')()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    sim.faults.clear();
    expect(await services()).toHaveLength(1);
  });
});
