import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';
import { REGION, publish, shop } from '../../../simulator/test/traffic/alibaba/shop.js';

const NAME = 'api.example.com';

/** An applied spec of an HTTP API, and two mappings of a domain name to its stage. */
async function mapped() {
  const server = await cloud();
  const there = await network(server);
  const cwd = folder({ 'postern.yaml': specOf(there) });
  const env = { POSTERN_SIMULATOR: server.url };
  const postern = (...argv: string[]) => run(argv, { cwd, env });
  expect((await postern('apply', '--yes')).status).toBe(0);
  const { acm, apiGatewayV2 } = server.simulation.clients('eu-west-1');
  const { CertificateArn } = await acm.requestCertificate({ DomainName: NAME, ValidationMethod: 'DNS' });
  await server.simulation.advance(600_000);
  await apiGatewayV2.createDomainName({ DomainName: NAME, DomainNameConfigurations: [{ CertificateArn }] });
  for (const ApiMappingKey of ['', 'shop/v1'])
    await apiGatewayV2.createApiMapping({ DomainName: NAME, ApiId: there.api, Stage: '$default', ApiMappingKey });
  return { server, there, postern };
}

describe('custom domains of an HTTP API', () => {
  it.runIf(PROVE)('are shown by gateways, list, import and graph', async () => {
    const { server, there, postern } = await mapped();
    const gateways = await postern('gateways');
    expect(gateways.out).toMatch(/ STAGES +DOMAINS\n/);
    expect(gateways.out).toMatch(/ \$default +api\.example\.com\/ +api\.example\.com\/shop\/v1\n$/);
    const domains = JSON.parse((await postern('gateways', '--query', 'gateways[0].domains')).out) as unknown;
    expect(domains).toEqual([
      { name: NAME, path: '', stage: '$default' },
      { name: NAME, path: 'shop/v1', stage: '$default' },
    ]);
    const called = JSON.parse((await postern('list', '--query', "owned[?kind=='route'].calledBy")).out) as unknown;
    expect(called).toEqual([[`https://${NAME}/orders`, `https://${NAME}/shop/v1/orders`]]);
    const imported = await postern('import', '--project', 'shop', '--region', 'eu-west-1');
    expect(imported.out).toContain(
      `# Note: custom domain ${NAME}/shop/v1 leads to gateway ${there.api} (orders) (stage $default)\n`,
    );
    const graph = async (...argv: string[]) =>
      JSON.parse((await postern('graph', ...argv, '--json')).out) as {
        readonly nodes: readonly { readonly kind: string; readonly label: string }[];
        readonly edges: readonly object[];
      };
    const edge = {
      from: `domain ${NAME}`,
      to: `gateway ${there.api}`,
      label: '/ to $default, /shop/v1 to $default',
    };
    const node = { id: `domain ${NAME}`, kind: 'domain', label: NAME };
    const live = await graph('--live');
    expect(live.nodes).toContainEqual(node);
    expect(live.edges).toContainEqual(edge);
    expect((await postern('snapshot', '--spec', 'postern.yaml', '-o', 'now.json')).status).toBe(0);
    const drawn = await graph('--snapshot', 'now.json');
    expect(drawn.nodes).toContainEqual(node);
    expect(drawn.edges).toContainEqual(edge);
    const { apiGatewayV2 } = server.simulation.clients('eu-west-1');
    const stage = { ApiId: there.api, StageName: 'v2' };
    await apiGatewayV2.createStage(stage);
    await apiGatewayV2.createApiMapping({ DomainName: NAME, ApiMappingKey: 'v2', ApiId: there.api, Stage: 'v2' });
    const { nodes } = await graph('--live');
    expect(nodes.find(({ kind }) => kind === 'domain')).toMatchObject({
      mark: 'fail',
      note: expect.stringContaining('stage v2') as string,
    });
    expect((await postern('graph', '--live', '--format', 'mermaid')).out).toContain('custom domain');
  });

  it('are not needed: where they may not be read, a note says so', async () => {
    const { server, postern } = await mapped();
    server.simulation.faults.add({ operation: 'GetDomainNames', kind: 'deny' });
    const { status, out, err } = await postern('gateways');
    expect([status, out.includes('DOMAINS')]).toEqual([0, false]);
    expect(err).toMatch(/could not be read: custom domain names \(GetDomainNames returned PERMISSION_DENIED\)/);
  });
});

it('domains of an API group: are shown by gateways and import', async () => {
  const { sim, cloud: account, groupId: GroupId } = await shop();
  publish(account, GroupId, { path: '/carts', access: 'server' });
  account.cloudapi('SetDomain', { GroupId, DomainName: NAME, BindStageName: 'RELEASE' });
  account.cloudapi('SetDomain', { GroupId, DomainName: '*.example.org' });
  const server = await sim.listen();
  try {
    const env = { POSTERN_SIMULATOR: server.url };
    const postern = (...argv: string[]) => run([...argv, '--provider', 'alibaba', '--region', REGION], { env });
    const { out } = await postern('gateways', '--query', 'gateways[].domains[]');
    expect(JSON.parse(out)).toEqual([
      { name: NAME, path: '', stage: 'RELEASE' },
      { name: '*.example.org', path: '' },
    ]);
    expect((await postern('import', '--project', 'shop')).out).toContain(
      `# Note: custom domain ${NAME}/ leads to gateway ${GroupId} (shop) (stage RELEASE)\n`,
    );
  } finally {
    await server.close();
  }
});
