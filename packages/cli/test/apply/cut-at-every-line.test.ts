import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SimulationServer } from '@postern/testing';
import { describe, expect, it } from 'vitest';
import { alibabaNetwork } from '../alibaba/alibaba-network.js';
import { cloud, folder, network, run } from '../run-command.js';

const HEAD = 'version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks:\n';

/** Three integrations with three routes each, in the block style that people write. */
function integrations(gateway: string, target: string): string {
  const one = (name: string): string => `  ${name}:
    link: main
    gateway: ${gateway}
    targets:
      ${name}:
        ${target}
    routes:
      GET /${name}: ${name}
      POST /${name}: ${name}
      PUT /${name}: ${name}
`;
  return `integrations:\n${['orders', 'bills', 'users'].map(one).join('')}`;
}

async function onAws(server: SimulationServer): Promise<string> {
  const { subnets, api } = await network(server);
  const link = `  main:\n    provider: aws\n    region: eu-west-1\n    subnets:\n${subnets.map((id) => `      - ${id}\n`).join('')}`;
  return `${HEAD}${link}${integrations(`{ httpApi: ${api} }`, 'listener: { loadBalancer: orders, port: 80 }')}`;
}

async function onAlibaba(server: SimulationServer): Promise<string> {
  const { vSwitches, securityGroup, balancer, group } = await alibabaNetwork(server);
  const subnets = vSwitches.slice(0, 2).map((id) => `      - ${id}\n`);
  const link = `  main:\n    provider: alibaba\n    region: cn-hangzhou\n    subnets:\n${subnets.join('')}    securityGroups:\n      - ${securityGroup}\n    allowlist:\n      - 10.0.8.0/24\n`;
  return `${HEAD}${link}${integrations(`{ apiGroup: ${group} }`, `{ instance: ${balancer}, port: 80 }`)}`;
}

/** What carries calls: an integration of AWS goes with its route, and publications with their API. */
const DELETES = /^(?:DeleteVpcLink|DeleteRoute|DeleteInstance|DeleteApi|RemoveVpcAccess)$/;

describe('F42: a spec that is cut off at any line', () => {
  it.each([
    ['AWS', onAws, 10],
    ['Alibaba Cloud', onAlibaba, 13],
  ] as const)(
    'on %s, is refused without a change, or deletes at most a fifth of what it owns',
    { timeout: 300_000 },
    async (_, textOf, owned) => {
      const server = await cloud();
      const text = await textOf(server);
      const cwd = folder({ 'postern.yaml': text });
      const env = { POSTERN_SIMULATOR: server.url };
      const apply = () => run(['apply', '--all', '--yes', '--allow-purchase'], { cwd, env });
      const write = (content: string) => writeFileSync(path.join(cwd, 'postern.yaml'), content);
      const calls = () => server.simulation.journal().map(({ operation }) => operation);
      expect(await apply()).toMatchObject({ status: 0 });

      const outcomes = new Set<string>();
      const lines = text.split('\n').slice(0, -1);
      for (let end = 0; end < lines.length; end += 1) {
        write(lines.slice(0, end).join('\n'));
        const before = calls().length;
        const { status, err } = await apply();
        const made = calls().slice(before);
        const deleted = made.filter((call) => DELETES.test(call)).length;
        const what = `cut after line ${end}: ${lines[end - 1]}\n${err}`;
        if (status !== 0) {
          expect(status, what).toBe(64);
          expect(
            made.filter((call) => !/^(?:Get|Describe|List)/.test(call)),
            what,
          ).toEqual([]);
          outcomes.add(/error (\w+)/.exec(err)?.[1] ?? '');
          continue;
        }
        expect(deleted, what).toBeLessThanOrEqual(Math.max(2, owned / 5));
        outcomes.add(deleted === 0 ? 'nothing deleted' : 'deleted');
        write(text);
        if (deleted > 0) expect(await apply()).toMatchObject({ status: 0 });
      }
      expect([...outcomes]).toEqual(
        expect.arrayContaining(['INVALID_SPEC', 'EMPTY_SPEC', 'DELETES_ALL_ROUTES', 'TOO_MANY_DELETIONS', 'deleted']),
      );
      write(text);
      expect((await run(['plan', '--all'], { cwd, env })).out).toMatch(/^No changes; /m);
    },
  );
});
