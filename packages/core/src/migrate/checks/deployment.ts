import { thing } from '../../findings/subject.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import { fails, holds } from '../../findings/outcome.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationCheck } from '../migration-input.js';

/** `migrate/deployment`. */
export const migrateDeployment: MigrationCheck = {
  id: 'migrate/deployment',
  title: 'What is changed is served at once',
  severity: 'warning',
  about:
    'A stage of an HTTP API that is not deployed automatically serves the routes and integrations of its last deployment: it goes on calling through the old link until it is deployed, and then ' +
    'moves together with whatever else was changed meanwhile. Until then the old link has to stay.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html',
  ],
  *run({ check, gateway, to }) {
    if (movesAsOne(gateway)) return;
    for (const { name, autoDeploy } of gateway.stages) {
      const about = aboutGateway(gateway, thing('stage', name));
      const evidence = [{ kind: 'stage', id: name, text: autoDeploy ? 'deployed automatically' : 'deployed by hand' }];
      if (autoDeploy) {
        yield holds(check, about, () => ({ message: `stage ${name} is deployed automatically`, evidence }));
        continue;
      }
      yield fails(about, {
        message: `stage ${name} is deployed by hand: it calls through the old link until it is`,
        evidence,
        remedy: `Deploy ${name} (CreateDeployment) once the integrations name ${to.link?.id ?? 'the new link'}, look first at what else would go out with it, and keep the old link until then.`,
      });
    }
  },
};
