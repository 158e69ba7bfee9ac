import type { About } from '../../findings/subject.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import type { Gateway } from '../../model/gateway.js';
import type { Outcome } from '../../findings/check.js';
import { unsure } from '../../findings/outcome.js';

/**
 * That what stages show which are deployed by hand is not known: routes are read as they are now, and a stage shows them as they were at
 * its last deployment. Nothing where each stage deploys by itself. One that nothing was deployed to is a matter of `gateway/stage`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html
 */
export function* undeployed({ id, name, kind, stages }: Gateway, about: About): Generator<Outcome> {
  if (movesAsOne({ kind })) return;
  const names = stages.flatMap((stage) => (stage.autoDeploy || stage.deploymentId === undefined ? [] : [stage.name]));
  if (names.length === 0) return;
  const title = name === '' ? id : `${name} (${id})`;
  const missing = {
    what: `what was deployed to ${names.join(', ')}`,
    remedy: `Export what ${names.join(', ')} shows (aws apigatewayv2 export-api --api-id ${id} --specification OAS30 --output-type JSON --stage-name ${names[0] ?? ''}) and compare its routes, or deploy to it.`,
  };
  const evidence = names.map((stage) => ({ kind: 'stage', id: stage, text: 'is deployed by hand' }));
  yield unsure(about, `${names.join(', ')} of ${title} shows the routes as they are now`, missing, {
    evidence,
    severity: 'warning',
  });
}
