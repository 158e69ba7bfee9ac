import { aboutGateway } from '../about-gateway.js';
import { fails, holds, missingEvidence } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';

/** `migrate/rollback`. */
export const migrateRollback: MigrationCheck = {
  id: 'migrate/rollback',
  title: 'The way back would work',
  severity: 'warning',
  about:
    'A rollback is the same move with the ends swapped, and is judged by the same checks; said is what only the way back would meet: from a VPC integration instance back to a conventional one, backends without an ' +
    'authorisation would be lost. Settings that the move overwrote do not come back by themselves.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run({ check, region, gateway, from, back }) {
    const about = aboutGateway(gateway);
    const found = back();
    if (from?.link === undefined || found === undefined) {
      const gap = gateway.linkId === undefined ? undefined : region.missing('links', gateway.linkId);
      yield {
        verdict: 'unknown',
        ...about,
        message: `nobody can say whether the gateway could move back: its present instance ${gap === undefined ? 'is a shared one' : 'could not be read'}`,
        evidence: gap === undefined ? [] : [missingEvidence(gap)],
        remedy: gap?.remedy ?? 'Ask for it with a ticket before the move, or plan without a way back.',
      };
      return;
    }
    const { id } = from.link;
    const { broken, unknown } = found;
    const [first] = broken.length > 0 ? broken : unknown;
    const more = broken.length > 0 ? broken.length - 1 : unknown.length - 1;
    const evidence = [...broken, ...unknown]
      .slice(0, 10)
      .map(({ subject, message }) => ({ kind: 'way back', id: subject, text: message }));
    const why = `${first?.message ?? ''}${more > 0 ? `, and ${more} more` : ''}`;
    if (first === undefined) {
      yield holds(check, about, () => ({
        message: `nothing stops a move back to ${id} that does not stop the move itself`,
        evidence,
      }));
    } else if (broken.length > 0) {
      const isRefused = REFUSED.test(first.check);
      yield fails(about, {
        message: isRefused
          ? `a move back to ${id} would fail: ${why}`
          : `after a move back to ${id} calls would fail: ${why}`,
        evidence,
        remedy: 'Mend that first, or decide that there is no way back.',
      });
    } else {
      yield {
        verdict: 'unknown',
        ...about,
        message: `nobody can say whether a move back to ${id} would work: ${why}`,
        evidence,
        remedy: first.remedy ?? 'Find that out first, or decide that there is no way back.',
      };
    }
  },
};

/** What stops the call itself; all else breaks calls after it. */
const REFUSED = /^migrate\/(?:network|accessible-blocks|ready)$/;
