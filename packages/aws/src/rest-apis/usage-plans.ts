import type { Gaps, CallContext, Gateway } from '@postern/core/internal/adapter';
import { listAll } from '../client/list-all.js';
import type { Session } from '../client/session.js';
import type { StageFacts } from '../gateways/gateway-reader.js';

/** The gap of a snapshot whose usage plans were not read. */
const USAGE_PLANS = 'usage plans';

/**
 * The usage plans that contain the stages of an API: one list call, where a route needs an API key.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlans.html
 */
export async function usagePlans(
  session: Session,
  gateways: readonly Gateway[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<StageFacts> {
  const needsKey = ({ routes }: Gateway): boolean => routes.some(({ settings }) => settings?.apiKey === true);
  if (!gateways.some(needsKey)) return () => ({});

  // Not a gap of gateways, which plans ask for.
  const gap = { what: USAGE_PLANS, of: 'quotas', id: USAGE_PLANS } as const;
  const listed = await gaps.attempt(gap, () => listAll(session, ctx, 'usage plans', 'apigateway', 'GetUsagePlans'));
  if (listed === undefined) return () => ({});

  return (gateway, { name }) => {
    if (!needsKey(gateway)) return {};

    const containing = listed.filter(({ apiStages = [] }) =>
      apiStages.some(({ apiId, stage }) => apiId === gateway.id && stage === name),
    );
    return { usagePlans: containing.map(({ id }) => id) };
  };
}
