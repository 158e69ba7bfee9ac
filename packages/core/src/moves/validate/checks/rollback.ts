import { fail, pass, undecided, missingEvidence } from '../../../do/findings/say.js';
import { aboutGateway, migrationCheck } from '../migration.js';

export const migrateRollback = migrationCheck({
  id: 'migrate/rollback',
  severity: 'warning',
  title: 'A move back would work',
  about:
    'A rollback is the same move with the ends swapped, and the same checks evaluate it. Only problems that ' +
    'the move itself does not have are reported. Settings that the move overwrote are not restored by a move ' +
    'back.',
  codes: {
    PRESENT_LINK_NOT_READ: undecided(
      'cannot determine whether the gateway could move back: its current instance {hasGap?could not be read:is a shared instance}',
      '{remedy|Request a move back with a ticket before the move, or plan without a rollback.}',
    ),
    WAY_BACK: pass('a move back to {id} has no problems that the move itself does not have'),
    NO_WAY_BACK: fail(
      '[if isRefused: a move back to {id} would fail|after a move back to {id}, calls would fail]: {first}[, and {others} more]',
      'Fix that first, or plan without a rollback.',
    ),
    WAY_BACK_NOT_KNOWN: undecided(
      'cannot determine whether a move back to {id} would work: {first}[, and {others} more]',
      '{remedy|Determine that first, or plan without a rollback.}',
    ),
  },
  *run({ region, gateway, from, back }, say) {
    const about = aboutGateway(gateway);
    const found = back();
    if (from?.link === undefined || found === undefined) {
      const gap = gateway.linkId === undefined ? undefined : region.missing('links', gateway.linkId);
      const params = { hasGap: gap !== undefined, remedy: gap?.remedy };
      yield say.PRESENT_LINK_NOT_READ(about, params, undefined, gap === undefined ? [] : [missingEvidence(gap)]);
      return;
    }

    const { id } = from.link;
    const { broken, unknown } = found;
    const [first] = broken.length > 0 ? broken : unknown;
    const more = broken.length > 0 ? broken.length - 1 : unknown.length - 1;
    const evidence = [...broken, ...unknown]
      .slice(0, 10)
      .map(({ subject, message }) => ({ kind: 'rollback', id: subject, text: message }));
    const said = { evidence, words: { others: more > 0 ? more : undefined } };
    if (first === undefined) yield say.WAY_BACK(about, { id }, evidence);
    else if (broken.length > 0)
      yield say.NO_WAY_BACK(about, { isRefused: REFUSED.test(first.check), id, first: first.message, more }, said);
    else {
      const params = { id, first: first.message, more, remedy: first.remedy };
      yield say.WAY_BACK_NOT_KNOWN(about, params, undefined, said);
    }
  },
});

/** Checks for which the service refuses the move back; the others find calls that fail after it. */
const REFUSED = /^migrate\/(?:network|accessible-blocks|ready)$/;
