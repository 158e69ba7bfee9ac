import { thing } from '../../../do/findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { missingEvidence } from '../../../do/findings/missing.js';
import { isVariable, useEvidence, useText } from '../../../do/world/uses/gateway-uses.js';
import { migrationCheck } from '../migration-check.js';

/** `migrate/known`. */
export const migrateKnown = migrationCheck({
  id: 'migrate/known',
  severity: 'error',
  title: 'Every backend of the gateway is known',
  about:
    'Backends are named in drafts, in what is published on each stage, in named backends and in the bodies of plug-ins. The backend cannot be determined ' +
    'from a body that is neither YAML nor JSON, or from an authorization that does not exist. Such a gateway cannot be evaluated.',
  back: 'also',
  codes: [
    'GATEWAY_NOT_READ',
    'GROUPS_NOT_READ',
    'USES_NOT_READ',
    'USE_NOT_READABLE',
    'ROUTES_NOT_READ',
    'BACKEND_NOT_READ',
    'TARGET_NOT_READ',
    'TARGET_ABSENT',
  ],
  *run({ region, gateway, untold, backends, future }, say) {
    const about = aboutGateway(gateway);
    if (untold === undefined) {
      const missing = region.missing('gateways', gateway.id) ?? {
        what: `the backends of ${gateway.id}`,
        remedy: 'Take the snapshot again with `postern snapshot`.',
      };
      yield say.unknown(about, 'USES_NOT_READ', {}, missing, () => 'every backend is known');
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
      yield say.unknown(
        aboutGateway(gateway, thing(use.kind, use.id, useText(use))),
        'USE_NOT_READABLE',
        { useText: useText(use), unreadable: use.unreadable, remedy: missing.remedy },
        undefined,
        (p) => ({
          message: `cannot determine the backend of ${p.useText}: ${p.unreadable}`,
          remedy: p.remedy,
          evidence: [missingEvidence(missing)],
        }),
      );
    }
    // A partly read HTTP API may have more routes than were read.
    const partly = region.clouds.movesAsOne(gateway) ? undefined : region.missing('gateways', gateway.id);
    if (partly !== undefined)
      yield say.unknown(about, 'ROUTES_NOT_READ', {}, partly, () => 'every route that moves is known');
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
        yield say.unknown(
          aboutGateway(gateway, thing('backend', name)),
          'BACKEND_NOT_READ',
          { name },
          missing,
          (p) => ({ whether: `calls reach ${p.name}`, evidence: useEvidence(uses) }),
        );
      }
      if (use?.targetId === undefined || target !== undefined || isVariable(use.targetId)) continue;
      const missing = region.missing('targets', use.targetId);
      const what = region.clouds.movesAsOne(gateway) ? 'authorization' : 'target';
      const subject = aboutGateway(gateway, thing(what, name));
      if (missing !== undefined)
        yield say.unknown(
          subject,
          'TARGET_NOT_READ',
          { what, movesAsOne: region.clouds.movesAsOne(gateway), name },
          missing,
          (p) =>
            `${p.what === 'target' ? 'a' : 'an'} ${p.movesAsOne ? 'authorization' : 'target'} named ${p.name} exists`,
        );
      else {
        yield say.fail(
          subject,
          'TARGET_ABSENT',
          { movesAsOne: region.clouds.movesAsOne(gateway), name, useText: useText(use), what, use: use.name },
          (p) => ({
            message: `${p.movesAsOne ? 'authorization' : 'target'} ${p.name} does not exist, but ${p.useText} names it`,
            remedy: `Create ${p.what === 'target' ? 'it' : `an authorization named ${p.name}`}, or point ${p.use} to another backend, before the move.`,
            evidence: uses.map((one) => ({ kind: one.kind, id: one.id, text: useText(one) })),
          }),
        );
      }
    }
  },
});
