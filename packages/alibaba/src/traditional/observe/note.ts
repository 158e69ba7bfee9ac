import { counted } from '@postern/core/internal/cloud';
import type { Gateway } from '@postern/core/internal/snapshot';
import { GROUPS_PAGE, PAGE } from '../../limits.js';
import type { Parts } from './gateways.js';

/** Actions of API Gateway that an observation of everything calls. */
const COUNTED = [
  'DescribeApiGroups',
  'DescribeApiGroup',
  'DescribeApis',
  'DescribeApi',
  'DescribeDeployedApis',
  'DescribeDeployedApi',
  'DescribePlugins',
  'DescribePluginApis',
  'DescribePluginGroups',
  'DescribeBackendList',
  'DescribeBackendInfo',
  'ListPrivateDNS',
];

/**
 * The result of reading all groups, with the least possible number of calls where more were made: `… 41
 * calls (32 needed)`.
 */
export function closingNote(
  region: string,
  gateways: readonly Gateway[],
  parts: Parts,
  counts: ReadonlyMap<string, number>,
): string {
  const made = COUNTED.reduce((sum, action) => sum + (counts.get(action) ?? 0), 0);
  const apis = gateways.reduce((sum, { routes }) => sum + routes.length, 0);
  const publications = gateways.reduce((sum, gateway) => sum + published(gateway), 0);
  const { plugins = [], backends = [], privateDns = [] } = parts;
  const least =
    pages(gateways.length, GROUPS_PAGE) +
    gateways.reduce((sum, gateway) => sum + 1 + pages(gateway.routes.length, PAGE) + gateway.routes.length, 0) +
    gateways.reduce((sum, gateway) => sum + stagePages(gateway), 0) +
    publications +
    pages(plugins.length, PAGE) +
    plugins.reduce((sum, { uses }) => sum + usePages(uses), 0) +
    pages(backends.length, PAGE) +
    backends.length +
    pages(privateDns.length, PAGE);
  const words = [
    counted(gateways.length, 'API group'),
    counted(apis, 'API'),
    counted(publications, 'publication'),
    counted(plugins.length, 'plug-in'),
    counted(backends.length, 'named backend'),
  ];
  return `observed API Gateway in ${region}: ${words.join(', ')}; ${made} calls${made === least ? '' : ` (${least} needed)`}`;
}

function pages(items: number, size: number): number {
  return Math.max(1, Math.ceil(items / size));
}

function publishedBy(gateway: Gateway): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { raw } of gateway.routes) {
    for (const stage of Object.keys((raw as { readonly published?: object } | null)?.published ?? {})) {
      counts.set(stage, (counts.get(stage) ?? 0) + 1);
    }
  }
  return counts;
}

function published(gateway: Gateway): number {
  return [...publishedBy(gateway).values()].reduce((sum, count) => sum + count, 0);
}

function stagePages(gateway: Gateway): number {
  return [...publishedBy(gateway).values()].reduce((sum, count) => sum + pages(count, PAGE), 0);
}

function usePages(uses: readonly { readonly apiId?: string | undefined }[]): number {
  const apis = uses.filter(({ apiId }) => apiId !== undefined).length;
  return pages(apis, PAGE) + pages(uses.length - apis, PAGE);
}
