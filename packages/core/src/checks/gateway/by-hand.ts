import { stating, type Statement } from '../../findings/statement.js';
import type { byHandSays } from './by-hand.words.js';
import type { About } from '../../findings/subject.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import type { Gateway } from '../../model/gateway.js';

const { unsure } = stating<typeof byHandSays>();

/**
 * That what stages show which are deployed by hand is not known: routes are read as they are now, and a stage shows them as they were at
 * its last deployment. Nothing where each stage deploys by itself. One that nothing was deployed to is a matter of `gateway/stage`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html
 */
export function* undeployed({ id, name, kind, stages }: Gateway, about: About): Generator<Statement> {
  if (movesAsOne({ kind })) return;
  const names = stages.flatMap((stage) => (stage.autoDeploy || stage.deploymentId === undefined ? [] : [stage.name]));
  if (names.length === 0) return;
  const missing = {
    what: `what was deployed to ${names.join(', ')}`,
    remedy: `Export what ${names.join(', ')} shows (aws apigatewayv2 export-api --api-id ${id} --specification OAS30 --output-type JSON --stage-name ${names[0] ?? ''}) and compare its routes, or deploy to it.`,
  };
  const evidence = names.map((stage) => ({ kind: 'stage', id: stage, text: 'is deployed by hand' }));
  yield unsure(about, 'STAGES_BY_HAND', { names, name, id }, missing, {
    evidence,
    severity: 'warning',
  });
}
