import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateDeploymentWords } from './words/deployment.words.js';
import { thing } from '../../findings/subject.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationInput } from '../migration-input.js';

const { fails, holds } = stating<(typeof migrateDeploymentWords)['says']>();

/** `migrate/deployment`. */
export const migrateDeployment: Judgement<MigrationInput> = {
  id: 'migrate/deployment',
  severity: 'warning',
  *run({ check, gateway, to }) {
    if (movesAsOne(gateway)) return;
    for (const { name, autoDeploy } of gateway.stages) {
      const about = aboutGateway(gateway, thing('stage', name));
      const evidence = [
        { kind: 'stage', id: name, text: autoDeploy ? 'deployed automatically' : 'not deployed automatically' },
      ];
      if (autoDeploy) {
        yield holds(check, about, 'AUTO_DEPLOYED', () => ({ params: { name }, evidence }));
        continue;
      }
      yield fails(about, 'DEPLOYED_BY_HAND', { params: { name, linkId: to.link?.id }, evidence });
    }
  },
};
