import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cloud, folder, network, run, specOf } from './run-command.js';

interface Finding {
  readonly check: string;
  readonly verdict: string;
  readonly message: string;
  readonly remedy?: string;
}

/** A network with Direct Connect, and a service of Cloud Map at its other end. */
async function behindDirectConnect() {
  const server = await cloud();
  const there = await network(server);
  const { simulation } = server;
  const { ec2, serviceDiscovery } = simulation.clients('eu-west-1');
  const { VpnGateway } = await ec2.createVpnGateway({ Type: 'ipsec.1' });
  const VpnGatewayId = VpnGateway?.VpnGatewayId ?? '';
  await ec2.attachVpnGateway({ VpnGatewayId, VpcId: there.vpc });
  const announces = ['192.168.0.0/16'];
  simulation.plant('eu-west-1', { kind: 'virtual-interface', virtualGatewayId: VpnGatewayId, announces });
  const { RouteTables = [] } = await ec2.describeRouteTables({ Filters: [{ Name: 'vpc-id', Values: [there.vpc] }] });
  await ec2.enableVgwRoutePropagation({ RouteTableId: RouteTables[0]?.RouteTableId, GatewayId: VpnGatewayId });

  const { OperationId } = await serviceDiscovery.createHttpNamespace({ Name: 'old' });
  await simulation.advance(120_000);
  const { Operation } = await serviceDiscovery.getOperation({ OperationId });
  const NamespaceId = Operation?.Targets?.['NAMESPACE'];
  const { Service } = await serviceDiscovery.createService({ Name: 'ledger', NamespaceId });
  await serviceDiscovery.registerInstance({
    ServiceId: Service?.Id,
    InstanceId: 'one',
    Attributes: { AWS_INSTANCE_IPV4: '192.168.5.5', AWS_INSTANCE_PORT: '8080' },
  });

  const text = specOf(there)
    .replace('allowlist: [10.0.0.0/16]', 'allowlist: [192.168.0.0/16]')
    .replace(/targets: .*/, `targets: { orders: { service: '${Service?.Arn ?? ''}' } }`);
  const cwd = folder({ 'postern.yaml': text });
  const env = { POSTERN_SIMULATOR: server.url };
  const postern = (...argv: string[]) => run(argv, { cwd, env });
  const spec = path.join(cwd, 'postern.yaml');
  const change = (changed: (before: string) => string) => writeFileSync(spec, changed(readFileSync(spec, 'utf8')));
  return {
    postern,
    append: (more: string) => change((before) => before + more),
    replace: (from: string | RegExp, to: string) => change((before) => before.replace(from, to)),
  };
}

it('behind Direct Connect, the return path is unknown until the spec declares it, and the rest is determined', async () => {
  const { postern, append, replace } = await behindDirectConnect();
  expect((await postern('apply', '--yes')).status).toBe(0);
  const read = async () => {
    const { out } = await postern('check', '--json');
    return JSON.parse(out) as { findings: Finding[]; assumptions: { path: string; text: string }[] };
  };
  const of = (findings: readonly Finding[], check: string) => findings.filter((finding) => finding.check === check);

  const before = await read();
  expect(of(before.findings, 'path/on-premises').map(({ verdict }) => verdict)).toEqual(['pass']);
  expect(of(before.findings, 'path/route').map(({ verdict }) => verdict)).toEqual(['pass']);
  const [unknown] = of(before.findings, 'path/return').filter(({ verdict }) => verdict !== 'pass');
  expect(unknown).toMatchObject({
    verdict: 'unknown',
    message: expect.stringMatching(/the return path for .* behind vgw-\w+ could not be read/) as string,
    remedy: expect.stringMatching(/192\.168\.5\.5.*assume\.returnPaths/) as string,
  });
  expect(before.assumptions).toEqual([]);
  const explained = await postern('explain', 'orders');
  expect(explained.out).toContain('cannot determine whether calls arrive');
  expect(explained.out).toMatch(/✓ on-premises connection +vgw-/);
  expect(explained.out).toMatch(/\n {4}\? answer/);

  append('assume: { returnPaths: [192.168.0.0/16] }\n');
  const after = await read();
  expect(of(after.findings, 'path/return').map(({ verdict }) => verdict)).toEqual(['pass']);
  expect(after.assumptions).toMatchObject([{ path: 'assume.returnPaths[0]' }]);
  expect((await postern('check')).out).toMatch(/\nassumed\s+assume\.returnPaths\[0\]: .*192\.168\.0\.0\/16/);

  // No cloud has data of an on-premises firewall: `admits` declares it, as the remedy says.
  const open = after.findings.filter(({ verdict }) => verdict === 'unknown');
  expect(open.map(({ check, remedy }) => [check, /admits/.test(remedy ?? '')])).toEqual([
    ['egress/admitted', true],
    ['egress/wider', true],
    ['target/exposed', true],
  ]);
  expect((await postern('check', '--fail-on', 'unknown')).status).toBe(3);
  replace(/(orders: \{ service: '[^']+')/, '$1, admits: [10.0.0.0/16]');
  const listed = await read();
  expect(listed.findings.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
  expect(of(listed.findings, 'egress/admitted')).toMatchObject([
    { verdict: 'pass', message: expect.stringContaining('own allowlist') as string },
  ]);
  expect((await postern('check', '--fail-on', 'unknown')).status).toBe(0);
  replace('admits: [10.0.0.0/16]', 'admits: [10.99.0.0/16]');
  expect((await postern('check')).status).toBe(3);
});
