import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Snapshot } from '@postern/core/internal/library';
import { cloud, folder, run, type RunOptions } from '../run-command.js';

const SHOP = new URL('../../../../docs/tutorial/shop.json', import.meta.url);

/** The account of the tutorial, with `health` as that of the two targets of its only target group. */
export function shop(health: 'healthy' | 'unhealthy'): Snapshot {
  return JSON.parse(readFileSync(SHOP, 'utf8').replaceAll('"health": "healthy"', `"health": "${health}"`)) as Snapshot;
}

/** A spec of `links` links, each with an integration of `routes` routes and as many names of targets, or one. */
export function manyRoutes({
  links,
  routes,
  targets = 1,
}: {
  links: number;
  routes: number;
  targets?: number;
}): string {
  const lines = ['version: 1', 'project: shop', 'spec: shop-7f3k2q', 'defaults: { region: eu-west-1 }', 'links:'];
  for (let at = 0; at < links; at += 1) {
    lines.push(
      `  l${at}:`,
      '    provider: aws',
      '    subnets: [{ name: private-a }, { name: private-b }]',
      '    allowlist: [10.20.1.0/24, 10.20.2.0/24]',
    );
  }
  lines.push('integrations:');
  for (let at = 0; at < links; at += 1) {
    lines.push(`  i${at}:`, `    link: l${at}`, '    gateway: { httpApi: uwq694pz5j }', '    targets:');
    const name = (target: number): string => (targets === 1 ? 'orders' : `t${at * targets + target}`);
    for (let target = 0; target < targets; target += 1)
      lines.push(`      ${name(target)}: { listener: { loadBalancer: orders-alb, port: 80 } }`);
    lines.push('    routes:');
    for (let route = 0; route < routes; route += 1)
      lines.push(`      'GET /${at}/r${route}': ${name(route % targets)}`);
  }
  return `${lines.join('\n')}\n`;
}

/** A simulated cloud of that account, a folder with the spec, and the command in it. */
export async function atShop(spec: string, health: 'healthy' | 'unhealthy' = 'unhealthy') {
  const server = await cloud({ from: shop(health) });
  const cwd = folder({ 'postern.yaml': spec });
  /** Runs a command line, with further arguments that may have blanks. */
  const postern = (line: string, ...more: readonly string[]) => postern.with(line.split(' ').concat(more));
  postern.with = (argv: readonly string[], options: RunOptions = {}) =>
    run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url }, stopsAtFindings: true, ...options });
  const write = (changed: string): void => writeFileSync(path.join(cwd, 'postern.yaml'), changed);
  return { server, cwd, postern, write };
}
