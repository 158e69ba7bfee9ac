import { fail, pass } from '../../../do/findings/say.js';
import { thing } from '../../../do/findings/subject.js';
import { aboutGateway, migrationCheck } from '../migration.js';

export const migrateDeployment = migrationCheck({
  id: 'migrate/deployment',
  severity: 'warning',
  title: 'Every stage of the API is deployed automatically',
  about:
    'A stage that is not deployed automatically serves the routes and integrations of its last deployment. It ' +
    'calls through the old link until it is deployed. The deployment then publishes all other changes made ' +
    'meanwhile as well. Keep the old link until then.',
  codes: {
    AUTO_DEPLOYED: pass('stage {name} is deployed automatically'),
    DEPLOYED_BY_HAND: fail(
      'stage {name} is not deployed automatically: it calls through the old link until it is deployed',
      'Deploy {name} (CreateDeployment) once the integrations use {linkId|the new link}. Check first which other changes the deployment publishes. Keep the old link until then.',
    ),
  },
  *run({ gateway, to, region: { clouds } }, say) {
    if (clouds.gateway(gateway.kind).movesAsOne) return;

    for (const { name, autoDeploy } of gateway.stages) {
      const about = aboutGateway(gateway, thing('stage', name));
      const evidence = [
        { kind: 'stage', id: name, text: autoDeploy ? 'deployed automatically' : 'not deployed automatically' },
      ];
      if (autoDeploy) yield say.AUTO_DEPLOYED(about, { name }, evidence);
      else yield say.DEPLOYED_BY_HAND(about, { name, linkId: to.link?.id }, evidence);
    }
  },
});
