import type { Simulation } from '../../../src/index.js';

type Body = Readonly<Record<string, any>>;

/** Calls operations of Cloud-native API Gateway in process, by method and path, and returns their answers. */
export function roaOf(simulation: Simulation, region: string) {
  const client = simulation.alibaba(region);
  return async (method: string, path: string, body?: Body): Promise<Body> => {
    const [pathname = '', search = ''] = path.split('?');
    const params = { product: 'APIG', version: '2024-03-27', action: '', region, method, pathname };
    const query = Object.fromEntries(new URLSearchParams(search));
    return (await client.call(body === undefined ? params : { ...params, body }, query)).body;
  };
}
