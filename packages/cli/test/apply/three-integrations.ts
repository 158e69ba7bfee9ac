import type { SimulationServer } from '@postern/simulator';
import { alibabaNetwork } from '../alibaba/alibaba-network.js';
import { network } from '../run-command.js';

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

/** A spec of one link and the integrations `orders`, `bills` and `users`, in a network on the simulated AWS. */
export async function onAws(server: SimulationServer): Promise<string> {
  const { subnets, api } = await network(server);
  const ids = subnets.map((id) => `      - ${id}\n`).join('');
  const link = `  main:\n    provider: aws\n    region: eu-west-1\n    subnets:\n${ids}`;
  return `${HEAD}${link}${integrations(`{ httpApi: ${api} }`, 'listener: { loadBalancer: orders, port: 80 }')}`;
}

/** The same on the simulated Alibaba Cloud, where each integration has an authorization of its own. */
export async function onAlibaba(server: SimulationServer): Promise<string> {
  const { vSwitches, securityGroup, balancer, group } = await alibabaNetwork(server);
  const ids = vSwitches.slice(0, 2).map((id) => `      - ${id}\n`);
  const groups = `    securityGroups:\n      - ${securityGroup}\n    allowlist:\n      - 10.0.8.0/24\n`;
  const link = `  main:\n    provider: alibaba\n    region: cn-hangzhou\n    subnets:\n${ids.join('')}${groups}`;
  return `${HEAD}${link}${integrations(`{ apiGroup: ${group} }`, `{ instance: ${balancer}, port: 80 }`)}`;
}
