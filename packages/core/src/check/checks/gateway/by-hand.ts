import { unknown, type Say } from '../../../do/findings/say.js';
import type { About } from '../../../do/findings/subject.js';
import type { Gateway } from '../../../do/model/gateway.js';
import { servedOn } from '../../../do/world/routes/served.js';
import { servedText, unreadServing } from '../../../do/world/routes/serving.js';
import type { IntegrationView } from '../../../do/world/views.js';
import type { Outcome } from '../../../do/findings/check.js';

export const BY_HAND_CODES = {
  STAGES_BY_HAND: unknown(
    'the deployment of {names} of [{name} ({id})|{id}] serves the declared routes[, although the current routes differ ({differs:few})]',
  ),
};

/**
 * The deployments of an external integration's gateway that were not read: such a stage serves the routes as of its last deployment.
 * Yields nothing where all of them are known. `gateway/stage` reports a stage without any deployment.
 * @param differs the declared routes from which the current ones differ
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html
 */
export function* unreadStages(
  say: Say<typeof BY_HAND_CODES>,
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
  yield say.STAGES_BY_HAND(about, { names, name, id, differs }, missing, {
    evidence,
    severity: mayDiffer ? undefined : 'warning',
  });
}
