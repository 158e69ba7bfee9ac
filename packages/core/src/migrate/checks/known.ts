import { aboutGateway } from '../about-gateway.js';
import { fails, missingEvidence, unsure } from '../../checks/words/outcome.js';
import { isVariable, useText, type MigrationCheck } from '../migration-input.js';

/** `migrate/known`. */
export const migrateKnown: MigrationCheck = {
  id: 'migrate/known',
  title: 'Every backend of the gateway is known',
  severity: 'error',
  about:
    'What leads to a backend stands in drafts, in what is published on each stage, in named backends and in the bodies of plug-ins. A body that is neither YAML nor ' +
    'JSON, and an authorisation that does not exist, lead nobody knows where: such a gateway cannot be judged.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  *run({ region, gateway, untold, backends }) {
    const about = aboutGateway(gateway);
    if (untold === undefined) {
      const missing = region.missing('gateways', gateway.id) ?? {
        what: `what of ${gateway.id} leads to a backend`,
        remedy: 'Take the snapshot again with `postern snapshot`.',
      };
      yield unsure(about, 'every backend is known', missing);
      return;
    }
    for (const use of untold) {
      if (use.unreadable === undefined) continue;
      const missing = {
        what: `${useText(use)} (${use.unreadable})`,
        remedy: `Mend the body of ${use.name}, and look again.`,
      };
      yield {
        ...unsure({ ...about, subject: useText(use) }, 'where it leads', missing),
        evidence: [missingEvidence(missing)],
      };
    }
    for (const { name, uses, target } of backends) {
      const [use] = uses;
      if (use?.targetId === undefined || target !== undefined || isVariable(use.targetId)) continue;
      const missing = region.missing('targets', use.targetId);
      const what = gateway.kind === 'api-group' ? 'authorisation' : 'target';
      const subject = { ...about, subject: `${what} ${name}` };
      if (missing !== undefined)
        yield unsure(subject, `there is ${what === 'target' ? 'a' : 'an'} ${what} ${name}`, missing);
      else {
        yield fails(subject, {
          message: `there is no ${what} ${name}, which ${useText(use)} names`,
          evidence: uses.map((one) => ({ kind: one.kind, id: one.id, text: useText(one) })),
          remedy: `Make ${what === 'target' ? 'it' : `an authorisation named ${name}`}, or lead ${use.name} elsewhere, before the move.`,
        });
      }
    }
  },
};
