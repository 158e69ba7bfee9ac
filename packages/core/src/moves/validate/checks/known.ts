import { fail, undecided, unknown, missingEvidence } from '../../../do/findings/say.js';
import { thing } from '../../../do/findings/subject.js';
import { aboutGateway, migrationCheck } from '../migration.js';
import { isVariable } from '../../../do/world/uses/stage-variables.js';
import { useEvidence, useText } from '../../../do/world/uses/use-texts.js';

/** `hiddenReport` reports the first two: a gateway that was not read has nothing to check. */
export const KNOWN_CODES = {
  GATEWAY_NOT_READ: undecided('cannot determine whether {gateway} may move: {problem}', '{remedy}'),
  GROUPS_NOT_READ: undecided(
    'cannot determine [whether {group} is on {from} and may move|which {nouns} are on {from}]: {what} could not be read',
    '{remedy}',
  ),
  USES_NOT_READ: unknown('every backend is known'),
  USE_NOT_READABLE: undecided('cannot determine the backend of {useText}: {unreadable}', '{remedy}'),
  ROUTES_NOT_READ: unknown('every route that moves is known'),
  BACKEND_NOT_READ: unknown('calls reach {name}'),
  TARGET_NOT_READ: unknown('{movesAsOne?an authorization:a target} named {name} exists'),
  TARGET_ABSENT: fail(
    '{movesAsOne?authorization:target} {name} does not exist, but {useText} names it',
    'Create [if movesAsOne: an authorization named {name}|it], or point {use} to another backend, before the move.',
  ),
};

export const migrateKnown = migrationCheck({
  id: 'migrate/known',
  severity: 'error',
  title: 'Every backend of the gateway is known',
  about:
    'Backends are named in drafts, in what is published on each stage, in named backends and in the bodies of plug-ins. The backend cannot be determined ' +
    'from a body that is neither YAML nor JSON, or from an authorization that does not exist. Such a gateway cannot be evaluated.',
  back: 'also',
  codes: KNOWN_CODES,
  *run({ region, gateway, untold, backends, future }, say) {
    const about = aboutGateway(gateway);
    if (untold === undefined) {
      const missing = region.missing('gateways', gateway.id) ?? {
        what: `the backends of ${gateway.id}`,
        remedy: 'Take the snapshot again with `postern snapshot`.',
      };
      yield say.USES_NOT_READ(about, {}, missing);
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
      yield say.USE_NOT_READABLE(
        aboutGateway(gateway, thing(use.kind, use.id, useText(use))),
        { useText: useText(use), unreadable: use.unreadable, remedy: missing.remedy },
        undefined,
        [missingEvidence(missing)],
      );
    }
    // A partly read HTTP API may have more routes than were read.
    const partly = region.clouds.gateway(gateway.kind).movesAsOne ? undefined : region.missing('gateways', gateway.id);
    if (partly !== undefined) yield say.ROUTES_NOT_READ(about, {}, partly);
    const called = new Set(future.targets.map((view) => view.name));
    const domains = new Set((region.region.privateDomains ?? []).map((domain) => domain.name));
    for (const { name, uses, targets, target } of backends) {
      const [use] = uses;
      // No other check looks at a backend that exists and does not report its address.
      const isThere = target !== undefined || (use?.host !== undefined && domains.has(use.host));
      if (isThere && !targets.some((one) => called.has(one))) {
        const missing = {
          what: `the address and port of ${name}`,
          remedy: `Look up the address and port of ${name} in the console.`,
        };
        yield say.BACKEND_NOT_READ(aboutGateway(gateway, thing('backend', name)), { name }, missing, useEvidence(uses));
      }
      if (use?.targetId === undefined || target !== undefined || isVariable(use.targetId)) continue;

      const missing = region.missing('targets', use.targetId);
      const movesAsOne = region.clouds.gateway(gateway.kind).movesAsOne;
      const what = movesAsOne ? 'authorization' : 'target';
      const subject = aboutGateway(gateway, thing(what, name));
      if (missing !== undefined) yield say.TARGET_NOT_READ(subject, { what, movesAsOne, name }, missing);
      else {
        yield say.TARGET_ABSENT(
          subject,
          { movesAsOne, name, useText: useText(use), what, use: use.name },
          uses.map((one) => ({ kind: one.kind, id: one.id, text: useText(one) })),
        );
      }
    }
  },
});
