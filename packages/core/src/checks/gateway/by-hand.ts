import { stating, type Statement } from '../../findings/statement.js';
import type { byHandSays } from './words/by-hand.words.js';
import type { About } from '../../findings/subject.js';
import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import type { Gateway } from '../../model/gateway.js';

const { unsure } = stating<typeof byHandSays>();

/**
 * The routes of a stage without automatic deployment are unknown: the snapshot holds the current routes, and such a stage serves the
 * routes of its last deployment. Of several stages, only the `named` one counts where the spec names one. Yields nothing where each stage
 * has automatic deployment. `gateway/stage` reports a stage without any deployment.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html
 */
export function* undeployed(
  { id, name, kind, stages }: Gateway,
  named: string | undefined,
  about: About,
): Generator<Statement> {
  const { routesNeedDeployment, exportedBy } = GATEWAY_KINDS[kind];
  if (!routesNeedDeployment) return;
  const names = stages.flatMap((stage) =>
    stage.autoDeploy || stage.deploymentId === undefined || (named ?? stage.name) !== stage.name ? [] : [stage.name],
  );
  const [first] = names;
  if (first === undefined) return;
  const command = exportedBy?.replace('ID', id).replace('STAGE', first);
  const shown = names.join(', ');
  const missing = {
    what: `the deployment of ${shown}`,
    remedy:
      command === undefined
        ? `Compare the deployment of ${shown} with the current routes in the console, or deploy to the stage.`
        : `Export the deployed routes of ${shown} (${command}) and compare them with the current routes, or deploy to the stage.`,
  };
  const evidence = names.map((stage) => ({ kind: 'stage', id: stage, text: 'has no automatic deployment' }));
  yield unsure(about, 'STAGES_BY_HAND', { names, name, id }, missing, {
    evidence,
    severity: 'warning',
  });
}
