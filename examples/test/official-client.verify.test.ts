import cloudapi from '@alicloud/cloudapi20160714';
import { simulate } from '@postern/simulator';
import { afterEach, expect, it, vi } from 'vitest';
import { buildNetwork, client } from '../tour/network-alibaba.mjs';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** The class is one level deeper when a CommonJS package is imported into ESM. */
type Class = { readonly prototype: { callApi: (params: { readonly action: string }) => Promise<unknown> } };
const imported = cloudapi as unknown as Class & { readonly default?: Class };
const Client = imported.default ?? imported;

it('does everything through the official client of CloudAPI', async () => {
  const server = await simulate({ seed: 7, clock: { speed: 3000 } }).listen();
  try {
    const region = 'cn-hangzhou';
    const keys = { accessKeyId: 'LTAIEXAMPLE', accessKeySecret: 'secret' };
    const call = client({ endpoint: server.url, region, ...keys });
    const network = await buildNetwork(call, () => undefined);
    const env = {
      POSTERN_SIMULATOR: server.url,
      API_GROUP: network.group,
      VSWITCH_IDS: network.subnets.slice(0, 2).join(','),
      SECURITY_GROUP: network.groups[0],
      SERVER: network.server,
    };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const sent = vi.spyOn(Client.prototype, 'callApi');

    await import(new URL('../official-client/program.mjs', import.meta.url).href);

    const lines = log.mock.calls.map(([line]) => String(line));
    expect(lines).toContainEqual(expect.stringMatching(/^link apigateway-\S+ is ready$/));
    expect(lines).toContain('its calls come from 10.0.1.0/24 and 10.0.2.0/24');
    expect(lines.filter((line) => line.startsWith('done: delete')).length).toBeGreaterThanOrEqual(3);

    const actions = new Set(sent.mock.calls.map(([{ action }]) => action));
    for (const action of [
      'CreateInstance',
      'DescribeInstances',
      'SetVpcAccess',
      'CreateApi',
      'DeployApi',
      'AbolishApi',
      'DeleteApi',
      'RemoveVpcAccess',
      'DeleteInstance',
    ])
      expect([...actions]).toContain(action);
    const { Instances } = (await call('cloudapi', 'DescribeInstances')) as {
      readonly Instances: { readonly InstanceAttribute: readonly { readonly InstanceId: string }[] };
    };
    const bought = Instances.InstanceAttribute.filter(({ InstanceId }) =>
      lines.some((line) => line.includes(InstanceId)),
    );
    expect(bought).toEqual([]);
  } finally {
    await server.close();
  }
}, 90_000);
