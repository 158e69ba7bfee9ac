import type { About } from '../../../do/findings/subject.js';
import type { Gateway } from '../../../do/model/gateway.js';
import { servedOn } from '../../../do/world/routes/served.js';
import { servedText, unreadServing } from '../../../do/world/routes/serving.js';
import type { IntegrationView } from '../../../do/world/views.js';
import type { Say } from '../../../do/findings/say-text.js';
import { fewText } from '../../../ground/text/few-text.js';
import type { Outcome } from '../../../do/findings/check.js';

export const BY_HAND_CODES = ['STAGES_BY_HAND'] as const;

/**
 * The deployments of an external integration's gateway that were not read: such a stage serves the routes as of its last deployment.
 * Yields nothing where all of them are known. `gateway/stage` reports a stage without any deployment.
 * @param differs the declared routes from which the current ones differ
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html
 */
export function* unreadStages(
  say: Say,
  { spec, link: { region } }: IntegrationView,
  gateway: Gateway,
  about: About,
  differs: readonly string[],
): Generator<Outcome> {
  const { id, name, kind } = gateway;
  const unread = servedOn(region.clouds, gateway, spec.gateway).filter(({ routes }) => routes === undefined);
  const [first, ...others] = unread;
  if (first === undefined) return;
  const { exportedBy } = region.clouds.gateway(kind);
  const names = unread.map(servedText);
  const missing = unreadServing(region, gateway, [first, ...others]);
  const evidence = unread.map((one) => ({ kind: 'stage', id: servedText(one), text: 'has no automatic deployment' }));
  const mayDiffer = exportedBy !== undefined || differs.length > 0;
  yield say.unknown(about, 'STAGES_BY_HAND', { names, name, id, differs }, missing, (p) => ({
    whether: `the deployment of ${p.names.join(', ')} of ${p.name === '' ? p.id : `${p.name} (${p.id})`} serves the declared routes${
      p.differs.length === 0 ? '' : `, although the current routes differ (${fewText(p.differs)})`
    }`,
    evidence,
    ...(mayDiffer ? {} : { severity: 'warning' as const }),
  }));
}
