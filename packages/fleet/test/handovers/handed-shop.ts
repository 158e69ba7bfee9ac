import type { AlibabaCallTarget, LoadJob, Simulation } from '@postern/simulator/internal/simulation';
import { buildShop, HOST, mend } from '../../../../examples/handover/shop.mjs';
import { buildNetwork } from '../../../../examples/tour/network-alibaba.mjs';

export const REGION = 'cn-hangzhou';

/** What is called of the shop: an API with a path, one with a greedy path, and a plain one. */
const PATHS = ['/stock', '/prices', '/baskets/7'];

const PRODUCTS: Readonly<Record<string, AlibabaCallTarget['product']>> = {
  vpc: 'Vpc',
  ecs: 'Ecs',
  slb: 'Slb',
  cloudapi: 'CloudAPI',
  alidns: 'Alidns',
};

/** The secret of the shop's app: no engine may store it. */
export const APP_SECRET = 'secret-of-the-example';

/** The shop of the example on the API Gateway that ends, its domain in DNS, and callers. */
export interface HandedShop {
  readonly group: string;
  readonly vSwitch: string;
  /** Callers whose resolver keeps TTLs, and some whose resolver ignores them. */
  readonly jobs: readonly LoadJob[];
  /** The values of the records of the domain that are enabled, without IDs. */
  readonly records: () => readonly string[];
}

export async function buildHandedShop(simulation: Simulation, perSecond: number): Promise<HandedShop> {
  const call = async (product: string, action: string, input: object = {}): Promise<any> => {
    const answer = simulation.callAlibaba(
      { product: PRODUCTS[product] ?? 'Vpc', action, region: REGION },
      input as never,
    );
    await simulation.advance(1_000);
    return answer;
  };
  const network = await buildNetwork(call, () => undefined);
  const shop = await buildShop(call, network, () => undefined);
  await mend(call, shop);
  await simulation.advance(60_000);
  const jobs = ['office', 'phone; ignores-ttl'].map((resolver) =>
    simulation.traffic.load({
      gateway: HOST,
      paths: PATHS,
      headers: { 'x-postern-resolver': resolver },
      perSecond,
      seconds: 0,
    }),
  );
  return {
    group: shop.group,
    vSwitch: network.subnets[0] ?? '',
    jobs,
    records: () => {
      const target = { product: 'Alidns', action: 'DescribeDomainRecords', region: REGION } as const;
      const answer = simulation.callAlibaba(target, { DomainName: 'example.com' } as never) as any;
      const rows = answer.DomainRecords.Record as readonly Readonly<Record<'RR' | 'Status' | 'Value', string>>[];
      return rows
        .filter(({ RR, Status }) => RR === 'api' && Status.toLowerCase() === 'enable')
        .map(({ Value }) => Value);
    },
  };
}
