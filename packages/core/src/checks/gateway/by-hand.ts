import { stating, type Statement } from '../../findings/statement.js';
import type { byHandSays } from './words/by-hand.words.js';
import type { About } from '../../findings/subject.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import type { Gateway } from '../../model/gateway.js';

const { unsure } = stating<typeof byHandSays>();

/**
 * The routes of a stage without automatic deployment are unknown: the snapshot holds the current routes, and such a stage serves the
 * routes of its last deployment. Yields nothing where each stage has automatic deployment. `gateway/stage` reports a stage without any
 * deployment.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html
 */
export function* undeployed({ id, name, kind, stages }: Gateway, about: About): Generator<Statement> {
  if (movesAsOne({ kind })) return;
  const names = stages.flatMap((stage) => (stage.autoDeploy || stage.deploymentId === undefined ? [] : [stage.name]));
  if (names.length === 0) return;
  const missing = {
    what: `the deployment of ${names.join(', ')}`,
    remedy: `Export the deployed routes of ${names.join(', ')} (aws apigatewayv2 export-api --api-id ${id} --specification OAS30 --output-type JSON --stage-name ${names[0] ?? ''}) and compare them with the current routes, or deploy to the stage.`,
  };
  const evidence = names.map((stage) => ({ kind: 'stage', id: stage, text: 'has no automatic deployment' }));
  yield unsure(about, 'STAGES_BY_HAND', { names, name, id }, missing, {
    evidence,
    severity: 'warning',
  });
}
