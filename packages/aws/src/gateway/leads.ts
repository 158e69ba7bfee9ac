import type { CallContext } from '@postern/core';
import type { Route } from '@postern/core/adapter';
import type { Stage } from '@postern/core/snapshot';
import type { IntegrationOutput } from '../sdk-types.js';
import { type Backends, onStages, variablesOf } from '../rest-api/integration-target.js';
import { NO_BACKENDS, readBackends } from '../rest-api/read-rest-api.js';
import { onlyOne, resolveIntegration, type Resolved } from '../rest-api/rest-route.js';
import type { Session } from '../client/session.js';
import type { ApiProtocol } from './protocol.js';

/** What decides where the integrations of an API lead, besides themselves. */
export interface Surroundings {
  readonly stages: readonly Stage[];
  readonly backends: Backends;
}

/** Where integrations name link and target themselves. */
export const NO_SURROUNDINGS: Surroundings = { stages: [], backends: NO_BACKENDS };

/** Where an integration over a link leads: once, or on each stage that has the variables that it is named by. */
export function leadsOf(
  { leading }: ApiProtocol,
  integration: IntegrationOutput,
  { stages, backends }: Surroundings,
): readonly Resolved[] {
  if (leading === undefined) return [{ linkId: integration.ConnectionId, targetId: integration.IntegrationUri }];
  return onStages(leading(integration), stages).map((one) => resolveIntegration(one, backends));
}

/** The one link and the one target of an integration; one that differs between stages is undefined. */
export function leadOf(
  protocol: ApiProtocol,
  integration: IntegrationOutput,
  around: Surroundings,
): Pick<Route, 'linkId' | 'targetId' | 'variables'> {
  const leads = leadsOf(protocol, integration, around);
  const variables = protocol.leading === undefined ? [] : variablesOf(protocol.leading(integration));
  return {
    linkId: onlyOne(leads.map(({ linkId }) => linkId)),
    targetId: onlyOne(leads.map(({ targetId }) => targetId)),
    ...(variables.length === 0 ? {} : { variables }),
  };
}

/** Reads what some integrations need. `readStages` is called only where one is named by stage variables. */
export async function surroundingsOf(
  session: Session,
  { leading }: ApiProtocol,
  integrations: readonly IntegrationOutput[],
  readStages: () => Promise<readonly Stage[]>,
  ctx: CallContext,
): Promise<Surroundings> {
  const all = leading === undefined ? [] : integrations.filter(isPrivate).map(leading);
  if (all.length === 0) return NO_SURROUNDINGS;
  const stages = all.some((one) => variablesOf(one).length > 0) ? await readStages() : [];
  const backends = await readBackends(
    session,
    all.flatMap((one) => onStages(one, stages)),
    ctx,
  );
  return { stages, backends };
}

/** Whether an integration is over a VPC link. */
export function isPrivate({ ConnectionType }: Pick<IntegrationOutput, 'ConnectionType'>): boolean {
  return ConnectionType === 'VPC_LINK';
}
