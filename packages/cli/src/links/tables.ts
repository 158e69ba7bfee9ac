import { type Link, type LinkUse, isPosternError, type CallContext, type Driver } from '@postern/core/internal/library';
import { displayText, targetLabel, textTable, type TextTableOptions } from '@postern/core/internal/report';

export interface PlacedLink {
  readonly link: Link;
  readonly provider: string;
  readonly region: string;
}

/** A line for each link. Their kinds are a column where there are several. */
export function linkTable(links: readonly PlacedLink[], options?: TextTableOptions): readonly string[] {
  const severalKinds = new Set(links.map(({ link }) => link.kind)).size > 1;
  const hasBalancers = links.some(({ link }) => link.loadBalancerIds !== undefined);
  const sits = hasBalancers ? 'SUBNETS OR LOAD BALANCER' : 'SUBNETS';
  const head = ['CLOUD', 'REGION', 'STATE', 'OWNER', 'NETWORK', sits];
  return textTable(
    ['ID', 'NAME', ...(severalKinds ? ['KIND'] : []), ...head],
    links.map((one) => row(one, severalKinds)),
    options,
  );
}

function row({ link, provider, region }: PlacedLink, withKind: boolean): string[] {
  const owner = link.owner ? `${link.owner.project}/${link.owner.integration}` : '';
  const state = link.state === 'ready' ? 'ready' : `${link.state} (${link.nativeState})`;
  const sits = link.loadBalancerIds?.map((id) => targetLabel({ id })) ?? link.subnetIds;
  const names = [link.id, link.name, ...(withKind ? [link.kind] : [])];
  return [...names, provider, region, state, owner, link.networkId ?? '', sits.join(' ')].map(displayText);
}

/** What the cloud says of each link that failed. */
export function failureLines(links: readonly Link[]): readonly string[] {
  return links.flatMap(({ id, state, reason }) =>
    state === 'failed' && reason !== undefined ? [displayText(`${id} has failed: ${reason}`)] : [],
  );
}

/**
 * A line for each route that uses a link. Stages are a column where deployed ones were read. `labels` are readable names
 * of targets, by ID.
 */
export function useTable(
  uses: readonly LinkUse[],
  labels: ReadonlyMap<string, string>,
  options?: TextTableOptions,
): readonly string[] {
  const hasStages = uses.some(({ stage }) => stage !== undefined);
  const rows = uses.flatMap(({ gateway, stage, routeKeys, integrationId = '', targetId = '', unreadable }) => {
    const keys = unreadable === undefined ? (routeKeys.length === 0 ? ['(no route)'] : routeKeys) : ['(not known)'];
    const target = unreadable ?? labels.get(targetId) ?? targetLabel({ id: targetId });
    const at = hasStages ? [stage ?? '(working copy)'] : [];
    return keys.map((key) => [gateway.id, gateway.name, ...at, key, integrationId, target].map(displayText));
  });
  return textTable(
    ['GATEWAY', 'NAME', ...(hasStages ? ['STAGE'] : []), 'ROUTE', 'INTEGRATION', 'TARGET'],
    rows,
    options,
  );
}

/**
 * Targets by their usual names (`orders-alb:80`), by id. A target that cannot be read keeps the label that
 * follows from its id.
 */
export async function targetLabels(
  { targets }: Driver,
  ids: readonly string[],
  context: CallContext,
): Promise<ReadonlyMap<string, string>> {
  const arns = [...new Set(ids)].filter((id) => id.startsWith('arn:'));
  const labels = await Promise.all(
    arns.map(async (id) => {
      const ref = /:servicediscovery:/.test(id) ? { service: id } : { listener: id };
      try {
        const { name, port } = await targets.resolve(ref, {}, context);
        return [id, targetLabel({ id, name, port })] as const;
      } catch (error) {
        if (!isPosternError(error)) throw error;

        return [id, targetLabel({ id })] as const;
      }
    }),
  );
  return new Map(labels);
}
