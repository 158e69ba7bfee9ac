import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateKnownWords } from './words/known.words.js';
import { thing } from '../../findings/subject.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import { aboutGateway } from '../about-gateway.js';
import { missingEvidence } from '../../findings/missing.js';
import type { MigrationInput } from '../migration-input.js';
import { isVariable, useEvidence, useText } from '../../world/uses/gateway-uses.js';

const { fails, unsure } = stating<(typeof migrateKnownWords)['says']>();

/** `migrate/known`. */
export const migrateKnown: Judgement<MigrationInput> = {
  id: 'migrate/known',
  severity: 'error',
  *run({ region, gateway, untold, backends, future }) {
    const about = aboutGateway(gateway);
    if (untold === undefined) {
      const missing = region.missing('gateways', gateway.id) ?? {
        what: `the backends of ${gateway.id}`,
        remedy: 'Take the snapshot again with `postern snapshot`.',
      };
      yield unsure(about, 'USES_NOT_READ', {}, missing);
      return;
    }
    for (const use of untold) {
      if (use.unreadable === undefined) continue;
      const missing = {
        what: `the backend of ${useText(use)}`,
        remedy:
          use.kind === 'plugin'
            ? `Fix the body of ${use.name}, then validate the move again.`
            : `Change the address of ${use.name} to a URL, or to an address and a port, then validate the move again.`,
      };
      yield {
        verdict: 'unknown',
        ...aboutGateway(gateway, thing(use.kind, use.id, useText(use))),
        evidence: [missingEvidence(missing)],
        code: 'USE_NOT_READABLE',
        params: { useText: useText(use), unreadable: use.unreadable, remedy: missing.remedy },
      };
    }
    // A partly read HTTP API may have more routes than were read.
    const partly = movesAsOne(gateway) ? undefined : region.missing('gateways', gateway.id);
    if (partly !== undefined) yield unsure(about, 'ROUTES_NOT_READ', {}, partly);
    // A domain with several records is several targets: `orders.internal:8080 10.0.0.5`.
    const called = new Set(future.targets.flatMap((view) => [view.name, view.name.replace(/ [^ ]*$/, '')]));
    const domains = new Set((region.region.privateDomains ?? []).map((domain) => domain.name));
    for (const { name, uses, target } of backends) {
      const [use] = uses;
      // No other check looks at a backend that exists and does not report its address.
      const isThere = target !== undefined || (use?.host !== undefined && domains.has(use.host));
      if (isThere && !called.has(name)) {
        const missing = {
          what: `the address and port of ${name}`,
          remedy: `Look up the address and port of ${name} in the console.`,
        };
        yield unsure(aboutGateway(gateway, thing('backend', name)), 'BACKEND_NOT_READ', { name }, missing, {
          evidence: useEvidence(uses),
        });
      }
      if (use?.targetId === undefined || target !== undefined || isVariable(use.targetId)) continue;
      const missing = region.missing('targets', use.targetId);
      const what = movesAsOne(gateway) ? 'authorization' : 'target';
      const subject = aboutGateway(gateway, thing(what, name));
      if (missing !== undefined)
        yield unsure(subject, 'TARGET_NOT_READ', { what, movesAsOne: movesAsOne(gateway), name }, missing);
      else {
        yield fails(subject, 'TARGET_ABSENT', {
          params: { movesAsOne: movesAsOne(gateway), name, useText: useText(use), what, use: use.name },
          evidence: uses.map((one) => ({ kind: one.kind, id: one.id, text: useText(one) })),
        });
      }
    }
  },
};
