import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { simulate } from '../src/index.js';

const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/localstack.md'), 'utf8');
const [, program = ''] = /^```js\n([^]*?)^```$/m.exec(page) ?? [];
/** Where the clients of the SDK are found. */
const file = path.join(import.meta.dirname, `../node_modules/.orders-${process.pid}.mjs`);

it('the program of docs/localstack.md makes a path, whose calls get the answers of the page', async () => {
  writeFileSync(file, program);
  const cloud = await simulate({ clock: { speed: 600 } }).listen();
  const backend = createServer((_, answer) => answer.end('orders')).listen(0, '127.0.0.1');
  onTestFinished(async () => {
    backend.close();
    rmSync(file);
    await cloud.close();
  });
  const { createOrders } = (await import(file)) as { createOrders: (url: string) => Promise<Record<string, string>> };
  const { vpc = '', host, link, state } = await createOrders(cloud.url);
  expect(state).toBe('PENDING');
  const { apiGatewayV2, ec2 } = cloud.simulation.clients('eu-west-1');
  const now = async () => (await apiGatewayV2.getVpcLink({ VpcLinkId: link })).VpcLinkStatus;
  await expect.poll(now, { timeout: 30_000 }).toBe('AVAILABLE');
  const url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  const body = JSON.stringify({ address: '10.20.1.10', port: 8080, url });
  await fetch(`${cloud.url}/_postern/backends`, { method: 'POST', body });
  const call = async (): Promise<string> => {
    const { status, headers } = await fetch(`${cloud.url}/_postern/gateways/${host}/orders`);
    return `${status} ${headers.get('x-postern-outcome')} ${headers.get('x-postern-because')}`;
  };
  await expect.poll(call, { timeout: 30_000 }).toMatch(/^200 /);

  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] });
  const [{ GroupId = '', IpPermissions = [] } = {}] = SecurityGroups;
  await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions });
  const because = /^503 unreachable No rule of sg-\w+ allows what goes from 10\.20\.\d\.\d+ on port 80\.$/;
  await expect.poll(call, { timeout: 30_000 }).toMatch(because);
  const shown = /^HTTP\/1.1 (\d+).*\nx-postern-outcome: (.*)\nx-postern-because: (.*)$/m.exec(page)?.slice(1);
  expect(shown?.join(' ')).toMatch(because);
});
