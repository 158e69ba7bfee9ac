import type { Gateway, GatewayUse } from '../../model/gateway.js';

/** What a deployed stage calls, or why that is not known. */
export type DeployedUses = { readonly uses: readonly GatewayUse[] } | { readonly unreadable: string };

/**
 * The links and targets that the deployment of a stage uses, with the values of its variables. Undefined: the uses of
 * the gateway were not read (`Scope.uses`), or the stage has no deployment of its own: it shows the working copy.
 */
export function deployedUses({ uses, stages }: Gateway, stage: string): DeployedUses | undefined {
  const found = stages.find(({ name }) => name === stage);
  if (uses === undefined || found === undefined || found.autoDeploy) return undefined;
  const own = uses.filter((use) => use.kind === 'route' && use.stage === stage);
  const unread = own.find(({ unreadable }) => unreadable !== undefined);
  return unread?.unreadable === undefined ? { uses: own } : { unreadable: unread.unreadable };
}
