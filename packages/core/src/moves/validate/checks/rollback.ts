import { aboutGateway } from '../about-gateway.js';
import { missingEvidence } from '../../../do/findings/missing.js';
import { migrationCheck } from '../migration-check.js';

/** `migrate/rollback`. */
export const migrateRollback = migrationCheck({
  id: 'migrate/rollback',
  severity: 'warning',
  title: 'A move back would work',
  about:
    'A rollback is the same move with the ends swapped, and the same checks evaluate it. Only problems that ' +
    'the move itself does not have are reported. Settings that the move overwrote are not restored by a move ' +
    'back.',
  codes: ['PRESENT_LINK_NOT_READ', 'WAY_BACK', 'NO_WAY_BACK', 'WAY_BACK_NOT_KNOWN'],
  *run({ region, gateway, from, back }, say) {
    const about = aboutGateway(gateway);
    const found = back();
    if (from?.link === undefined || found === undefined) {
      const gap = gateway.linkId === undefined ? undefined : region.missing('links', gateway.linkId);
      const params = { hasGap: gap !== undefined, remedy: gap?.remedy };
      yield say.unknown(about, 'PRESENT_LINK_NOT_READ', params, undefined, (p) => ({
        message: `cannot determine whether the gateway could move back: its current instance ${p.hasGap ? 'could not be read' : 'is a shared instance'}`,
        remedy: p.remedy ?? 'Request a move back with a ticket before the move, or plan without a rollback.',
        evidence: gap === undefined ? [] : [missingEvidence(gap)],
      }));
      return;
    }
    const { id } = from.link;
    const { broken, unknown } = found;
    const [first] = broken.length > 0 ? broken : unknown;
    const more = broken.length > 0 ? broken.length - 1 : unknown.length - 1;
    const evidence = [...broken, ...unknown]
      .slice(0, 10)
      .map(({ subject, message }) => ({ kind: 'rollback', id: subject, text: message }));
    if (first === undefined) {
      yield say.pass(
        about,
        'WAY_BACK',
        () => ({ id }),
        (p) => ({ message: `a move back to ${p.id} has no problems that the move itself does not have`, evidence }),
      );
    } else if (broken.length > 0) {
      const isRefused = REFUSED.test(first.check);
      yield say.fail(about, 'NO_WAY_BACK', { isRefused, id, first: first.message, more }, (p) => ({
        message: p.isRefused
          ? `a move back to ${p.id} would fail: ${p.first}${p.more > 0 ? `, and ${p.more} more` : ''}`
          : `after a move back to ${p.id}, calls would fail: ${p.first}${p.more > 0 ? `, and ${p.more} more` : ''}`,
        remedy: 'Fix that first, or plan without a rollback.',
        evidence,
      }));
    } else {
      const params = { id, first: first.message, more, remedy: first.remedy };
      yield say.unknown(about, 'WAY_BACK_NOT_KNOWN', params, undefined, (p) => ({
        message: `cannot determine whether a move back to ${p.id} would work: ${p.first}${p.more > 0 ? `, and ${p.more} more` : ''}`,
        remedy: p.remedy ?? 'Determine that first, or plan without a rollback.',
        evidence,
      }));
    }
  },
});

/** Checks for which the service refuses the move back; the others find calls that fail after it. */
const REFUSED = /^migrate\/(?:network|accessible-blocks|ready)$/;
