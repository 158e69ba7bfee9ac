import { thing } from '../../findings/subject.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import { aboutGateway } from '../about-gateway.js';
import { fails, missingEvidence, unsure } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';
import { isVariable, useEvidence, useText } from '../../world/uses/gateway-uses.js';

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
  *run({ region, gateway, untold, backends, future }) {
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
        what: `where ${useText(use)} leads`,
        remedy:
          use.kind === 'plugin'
            ? `Mend the body of ${use.name}, and look again.`
            : `Write an address of ${use.name} that is a URL, or an address and a port, and look again.`,
      };
      yield {
        verdict: 'unknown',
        ...aboutGateway(gateway, thing(use.kind, use.id, useText(use))),
        message: `nobody can say where ${useText(use)} leads: ${use.unreadable}`,
        evidence: [missingEvidence(missing)],
        remedy: missing.remedy,
      };
    }
    // Of an HTTP API that was read in part there may be routes that nobody saw.
    const partly = movesAsOne(gateway) ? undefined : region.missing('gateways', gateway.id);
    if (partly !== undefined) yield unsure(about, 'every route that moves is known', partly);
    // A domain with several records is several targets: `orders.internal:8080 10.0.0.5`.
    const called = new Set(future.targets.flatMap((view) => [view.name, view.name.replace(/ [^ ]*$/, '')]));
    const domains = new Set((region.region.privateDomains ?? []).map((domain) => domain.name));
    for (const { name, uses, target } of backends) {
      const [use] = uses;
      // What is there, and does not say at which address, nothing else looks at.
      const isThere = target !== undefined || (use?.host !== undefined && domains.has(use.host));
      if (isThere && !called.has(name)) {
        const missing = { what: `the address and port of ${name}`, remedy: `Look at ${name} in the console.` };
        yield unsure(aboutGateway(gateway, thing('backend', name)), `${name} is reached`, missing, {
          evidence: useEvidence(uses),
        });
      }
      if (use?.targetId === undefined || target !== undefined || isVariable(use.targetId)) continue;
      const missing = region.missing('targets', use.targetId);
      const what = movesAsOne(gateway) ? 'authorisation' : 'target';
      const subject = aboutGateway(gateway, thing(what, name));
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
